package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.spi.Recovery;
import io.coffer.store.CrashEnumeration;
import io.coffer.store.CrashEnumeration.Effort;
import io.coffer.store.CrashInvariant;
import io.coffer.store.CrashMode;
import io.coffer.store.CrashStep;
import io.coffer.store.CrashSubject;
import io.coffer.store.Files;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** After a crash at any call, also of recovery itself, a log opens with the state after some first changes, all synced ones among them. */
class LogRecoveryCrashTest {
    private static final long SEED = 4;

    private static final CrashSubject<TinyLog> LOG = new CrashSubject<>() {
        @Override
        public TinyLog open(Files files) throws IOException {
            // No crash may look like damage.
            return TinyLog.open(files, TinyLog.options(Recovery.STRICT));
        }

        @Override
        public Map<String, String> contents(TinyLog store) throws IOException {
            return store.contents();
        }

        @Override
        public void putDurably(TinyLog store, String key, String value) throws IOException {
            store.put(key, value);
            store.sync();
        }
    };

    private static CrashStep<TinyLog> put(String key, String value) {
        return CrashStep.of("put " + key, store -> store.put(key, value), entries -> entries.put(key, value));
    }

    private static CrashStep<TinyLog> remove(String key) {
        return CrashStep.of("remove " + key, store -> store.remove(key), entries -> entries.remove(key));
    }

    private static CrashStep<TinyLog> clear() {
        return CrashStep.of("clear", TinyLog::clear, Map::clear);
    }

    private static CrashStep<TinyLog> sync() {
        return CrashStep.<TinyLog>of("sync", TinyLog::sync).synced();
    }

    private static CrashStep<TinyLog> roll() {
        return CrashStep.of("roll", TinyLog::roll);
    }

    private static CrashStep<TinyLog> seal() {
        return CrashStep.of("seal", TinyLog::seal);
    }

    private static final List<CrashStep<TinyLog>> SCRIPT = List.of(
            put("a", "1"),
            sync(),
            put("b", "2"),
            put("a", "3"),
            roll(),
            remove("b"),
            put("c", "4"),
            roll(),
            put("d", "a value that is longer than the others"),
            sync(),
            put("a", "5"),
            seal(),
            put("e", "6"),
            roll(),
            clear(),
            put("f", "7"),
            sync(),
            put("b", "8"),
            roll(),
            put("c", "9"),
            roll(),
            put("a", "10"),
            seal(),
            remove("a"));

    @ParameterizedTest
    @EnumSource(CrashMode.class)
    void recover_afterEachCall_findsAPrefix(CrashMode mode) throws IOException {
        var tried = new CrashEnumeration<>(LOG, CrashInvariant.ALL, Effort.of(mode, SEED)).run(SCRIPT);

        assertThat(tried.crashes()).isGreaterThan(60);
        assertThat(tried.images()).isGreaterThan(300);
    }
}
