package io.coffer.clients;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What is logged while something happens; Hibernate and Coffer do so by java.util.logging where no other library is set up. */
final class Logged {
    private Logged() {}

    /** Returns the messages that a logger, and those below it, are given meanwhile. */
    static List<String> by(String loggerName, Runnable action) {
        var messages = new CopyOnWriteArrayList<String>();
        var handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                messages.add(entry.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        var logger = Logger.getLogger(loggerName);
        logger.addHandler(handler);
        try {
            action.run();
        } finally {
            logger.removeHandler(handler);
        }
        return messages;
    }
}
