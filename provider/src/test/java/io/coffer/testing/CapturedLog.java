package io.coffer.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What Coffer logs while this is open: kept for the test, and kept from the console. */
public final class CapturedLog implements AutoCloseable {
    private final Logger logger = Logger.getLogger("io.coffer");
    private final boolean toldParents = logger.getUseParentHandlers();
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord logged) {
            records.add(logged);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    public CapturedLog() {
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
    }

    /** Returns the messages at level WARNING and above, in the order of arrival, with their parameters filled in. */
    public List<String> warnings() {
        return messages(Level.WARNING);
    }

    /** Returns the messages at a level and above, in the order of arrival, with their parameters filled in. */
    public List<String> messages(Level level) {
        var formatter = new SimpleFormatter();
        return records.stream()
                .filter(logged -> logged.getLevel().intValue() >= level.intValue())
                .map(formatter::formatMessage)
                .toList();
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(toldParents);
    }
}
