package io.coffer.store.log;

/** What traces do step by step, where that takes many lines. */
final class LogScripts {
    private LogScripts() {}

    static void shorterOverLonger(LogSteps log) {
        log.put("a", "old")
                .putLarge("b", "1")
                .sync()
                .put("a", "new", 100)
                .putLarge("c", "1")
                .putLarge("d", "1")
                .sync()
                .pass(200)
                .tick()
                .putLarge("b", "2")
                .tick()
                .reopen();
    }

    static void touchAndExpire(LogSteps log) {
        log.put("a", "1", 500)
                .touch("a", 5_000)
                .putLarge("b", "1")
                .sync()
                .pass(600)
                .putLarge("c", "1")
                .tick()
                .touch("a", 10)
                .pass(20)
                .tick()
                .reopen();
    }

    static void touchShorterAndDrop(LogSteps log) {
        log.put("a", "1")
                .putLarge("b", "1")
                .putLarge("c", "1")
                .tick()
                .touch("a", 100)
                .putLarge("d", "1")
                .putLarge("d", "2")
                .putLarge("d", "3")
                .tick()
                .pass(200)
                .tick()
                .putLarge("d", "4")
                .tick()
                .reopen();
    }

    static void touchLongerAndDrop(LogSteps log) {
        log.put("a", "1", 500)
                .putLarge("b", "1")
                .putLarge("c", "1")
                .sync()
                .touch("a", 500_000)
                .putLarge("d", "1")
                .putLarge("d", "2")
                .putLarge("d", "3")
                .tick()
                .pass(1_000)
                .tick()
                .putLarge("d", "4")
                .tick()
                .reopen();
    }

    static void overwriteOverSegments(LogSteps log) {
        log.putLarge("a", "1")
                .putLarge("b", "1")
                .putLarge("a", "2")
                .sync()
                .putLarge("b", "2")
                .putLarge("a", "3")
                .tick()
                .put("b", "3");
    }

    static void removeOverSegments(LogSteps log) {
        log.putLarge("a", "1")
                .putLarge("b", "1")
                .putLarge("c", "1")
                .remove("a")
                .sync()
                .putLarge("c", "2")
                .remove("b")
                .tick()
                .putLarge("a", "2");
    }

    static void removeAllAndDrop(LogSteps log) {
        log.putLarge("a", "1")
                .putLarge("b", "1")
                .putLarge("c", "1")
                .tick()
                .remove("a")
                .remove("b")
                .remove("c")
                .tick()
                .putLarge("d", "1")
                .putLarge("d", "2")
                .tick();
    }

    static void invalidateOverSegments(LogSteps log) {
        log.putLarge("a", "1")
                .putLarge("b", "1")
                .putLarge("c", "1")
                .invalidate("a")
                .putLarge("c", "2")
                .tick()
                .invalidate("c")
                .putLarge("a", "2")
                .sync();
    }

    static void putExpired(LogSteps log) {
        log.put("a", "1")
                .sync()
                .put("a", "2", -10)
                .put("b", "1", -10)
                .sync()
                .touch("b", 500)
                .put("b", "2", 500);
    }

    static void touchTwiceOverSegments(LogSteps log) {
        log.put("a", "1", 5_000)
                .putLarge("b", "1")
                .putLarge("c", "1")
                .touch("a", 50_000)
                .putLarge("c", "2")
                .tick()
                .touch("a", 700)
                .putLarge("b", "2")
                .sync();
    }

    static void clearTwice(LogSteps log) {
        log.put("a", "1").clear().clear().sync().put("a", "2").clear().put("b", "1");
    }

    static void clearAndClose(LogSteps log) {
        log.putLarge("a", "1")
                .putLarge("b", "1")
                .putLarge("c", "1")
                .clear()
                .reopen()
                .put("a", "2")
                .clear()
                .reopen()
                .put("b", "2");
    }

    static void putAllOfTheSame(LogSteps log) {
        log.putAll("a", "1".repeat(80), "b", "1".repeat(80))
                .putAll("a", "2".repeat(80), "b", "2".repeat(80))
                .sync()
                .putAll("b", "3".repeat(80), "a", "3".repeat(80), "c", "3")
                .tick();
    }

    static void longestRecords(LogSteps log) {
        log.put("a", "1".repeat(125))
                .put("b", "1".repeat(125))
                .sync()
                .put("a", "2".repeat(125))
                .remove("b")
                .put("c", "")
                .tick();
    }

    static void syncOften(LogSteps log) {
        log.sync()
                .put("a", "1")
                .sync()
                .sync()
                .putLarge("a", "2")
                .sync()
                .remove("a")
                .sync()
                .putLarge("b", "1")
                .sync();
    }

    static void kill(LogSteps log) {
        log.put("a", "1")
                .kill()
                .put("a", "2")
                .sync()
                .remove("b")
                .put("b", "1")
                .kill()
                .remove("a")
                .kill()
                .put("c", "1");
    }

    static void killOverSegments(LogSteps log) {
        log.putLarge("a", "1")
                .putLarge("b", "1")
                .putLarge("c", "1")
                .kill()
                .putLarge("a", "2")
                .tick()
                .remove("b")
                .putLarge("d", "1")
                .kill()
                .putLarge("b", "2")
                .sync();
    }

    static void killAfterClear(LogSteps log) {
        log.putLarge("a", "1")
                .putLarge("b", "1")
                .putLarge("c", "1")
                .tick()
                .clear()
                .kill()
                .put("a", "2")
                .clear()
                .put("b", "2")
                .kill()
                .tick();
    }

    static void killWithDeadlines(LogSteps log) {
        log.put("a", "1", 500)
                .put("b", "1".repeat(90), 5_000)
                .touch("a", 900)
                .kill()
                .pass(1_000)
                .putLarge("c", "1")
                .tick()
                .touch("b", 100)
                .kill()
                .pass(200)
                .tick()
                .put("a", "2");
    }

    static void killBeforeDrops(LogSteps log) {
        log.putLarge("a", "1")
                .putLarge("a", "2")
                .putLarge("a", "3")
                .putLarge("b", "1")
                .remove("b")
                .putLarge("a", "4")
                .kill()
                .tick()
                .putLarge("a", "5")
                .putLarge("a", "6")
                .tick()
                .reopen();
    }

    static void killAndClose(LogSteps log) {
        log.putLarge("a", "1")
                .put("b", "1")
                .kill()
                .reopen()
                .putLarge("b", "2")
                .putLarge("c", "1")
                .kill()
                .reopen();
    }
}
