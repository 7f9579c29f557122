package io.coffer.benchmarks.store;

import io.coffer.spi.Durability;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/** SQLite with a write-ahead log and a table without row ids; a connection a thread, one put at a time as SQLite allows. */
final class SqliteEngine implements Engine {
    private final String url;
    private final String synchronous;
    private final ReentrantLock writing = new ReentrantLock();
    private final Queue<Session> opened = new ConcurrentLinkedQueue<>();
    private final ThreadLocal<Session> sessions = ThreadLocal.withInitial(this::newSession);

    /** What a thread works with. */
    private record Session(Connection connection, PreparedStatement put, PreparedStatement get) {}

    private SqliteEngine(String url, String synchronous) {
        this.url = url;
        this.synchronous = synchronous;
        sessions.get();
    }

    static Engine open(Path folder, Durability durability, Records records) {
        return new SqliteEngine("jdbc:sqlite:" + folder.resolve("entries.db"), synchronous(durability));
    }

    @Override
    public void put(byte[] key, byte[] value) {
        PreparedStatement put = sessions.get().put();
        writing.lock();
        try {
            put.setBytes(1, key);
            put.setBytes(2, value);
            put.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public byte[] get(byte[] key) {
        PreparedStatement get = sessions.get().get();
        try {
            get.setBytes(1, key);
            try (ResultSet rows = get.executeQuery()) {
                return rows.next() ? rows.getBytes(1) : null;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A checkpoint syncs the log and then the database. This one waits for nobody; another one that runs does the same. */
    @Override
    public void sync() {
        try (Statement checkpoint = sessions.get().connection().createStatement()) {
            checkpoint.execute("PRAGMA wal_checkpoint(PASSIVE)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        for (Session session : opened) {
            try {
                session.connection().close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** With NORMAL, only checkpoints sync. */
    private static String synchronous(Durability durability) {
        return switch (durability) {
            case NONE -> "OFF";
            case INTERVAL -> "NORMAL";
            case ALWAYS -> "FULL";
        };
    }

    private Session newSession() {
        try {
            Connection connection = DriverManager.getConnection(url);
            try (Statement setting = connection.createStatement()) {
                setting.execute("PRAGMA journal_mode=WAL");
                setting.execute("PRAGMA synchronous=" + synchronous);
                setting.execute("CREATE TABLE IF NOT EXISTS entries (k BLOB PRIMARY KEY, v BLOB) WITHOUT ROWID");
            }
            var session = new Session(
                    connection,
                    connection.prepareStatement("INSERT OR REPLACE INTO entries VALUES (?, ?)"),
                    connection.prepareStatement("SELECT v FROM entries WHERE k = ?"));
            opened.add(session);
            return session;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
