package io.coffer.store.log;

/** What a log store does in the traces about compaction, and about the hints of what was sealed. */
final class LogCompactionScripts {
    private LogCompactionScripts() {}

    static void compact(LogSteps log) {
        log.put("a", "1")
                .putLarge("b", "1")
                .put("c", "1")
                .putLarge("b", "2")
                .put("d", "1", 50_000)
                .putLarge("b", "3")
                .tick()
                .put("a", "2")
                .putLarge("b", "4")
                .tick()
                .reopen()
                .putLarge("b", "5")
                .tick();
    }

    static void compactRemoved(LogSteps log) {
        log.putLarge("a", "old")
                .put("e", "1")
                .putLarge("b", "1")
                .remove("a")
                .putLarge("b", "2")
                .tick()
                .putLarge("b", "3")
                .put("a", "new", 500)
                .putLarge("b", "4")
                .tick()
                .pass(600)
                .tick()
                .putLarge("b", "5")
                .tick()
                .reopen()
                .putLarge("b", "6")
                .tick();
    }

    static void compactShorterOverLonger(LogSteps log) {
        log.putLarge("a", "old")
                .put("e", "1")
                .putLarge("b", "1")
                .put("a", "new", 700)
                .putLarge("b", "2")
                .put("f", "1")
                .tick()
                .putLarge("b", "3")
                .tick()
                .pass(800)
                .putLarge("b", "4")
                .tick()
                .reopen()
                .putLarge("b", "5")
                .tick();
    }

    static void compactTouched(LogSteps log) {
        log.put("a", "1", 90_000)
                .putLarge("b", "1")
                .put("c", "1")
                .putLarge("b", "2")
                .touch("a", 60_000)
                .touch("c", 3_000)
                .putLarge("b", "3")
                .tick()
                .touch("a", 80_000)
                .putLarge("b", "4")
                .tick()
                .pass(4_000)
                .putLarge("b", "5")
                .tick()
                .reopen()
                .touch("a", 5_000)
                .putLarge("b", "6")
                .tick()
                .reopen();
    }

    static void compactCleared(LogSteps log) {
        log.put("a", "1")
                .putLarge("b", "1")
                .put("c", "1")
                .putLarge("b", "2")
                .putLarge("b", "3")
                .tick()
                .clear()
                .put("a", "2")
                .putLarge("b", "4")
                .putLarge("b", "5")
                .tick()
                .putLarge("b", "6")
                .tick()
                .reopen();
    }

    static void compactExpired(LogSteps log) {
        log.put("a", "1", 500)
                .putLarge("b", "1")
                .put("c", "1", 900)
                .putLarge("b", "2")
                .putLarge("d", "1")
                .pass(600)
                .tick()
                .put("c", "2", 100)
                .putLarge("b", "3")
                .pass(400)
                .tick()
                .putLarge("d", "2")
                .tick()
                .reopen();
    }

    static void hints(LogSteps log) {
        log.putLarge("a", "1")
                .put("b", "1", 9_000)
                .putLarge("c", "1")
                .tick()
                .tick()
                .touch("b", 90_000)
                .remove("a")
                .putLarge("d", "1")
                .reopen()
                .putLarge("c", "2")
                .putLarge("d", "2")
                .tick()
                .reopen();
    }
}
