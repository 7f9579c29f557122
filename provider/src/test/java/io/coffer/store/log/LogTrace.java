package io.coffer.store.log;

import io.coffer.store.CrashStep;
import java.util.List;
import java.util.function.Consumer;

/** What the log store does while it is crashed, and while its calls fail. Each trace is about one thing, and as short as that allows. */
enum LogTrace {
    PUT(LogSubject.LARGE, log -> log.put("a", "1").put("b", "2").sync().put("c", "3")),
    OVERWRITE(
            LogSubject.LARGE,
            log -> log.put("a", "1").sync().put("a", "2").put("a", "3").sync().put("a", "longer than the others")),
    REMOVE(
            LogSubject.LARGE,
            log -> log.put("a", "1")
                    .put("b", "1")
                    .sync()
                    .remove("a")
                    .put("b", "2")
                    .remove("b")
                    .sync()
                    .remove("c")),
    REMOVE_AND_PUT_AGAIN(
            LogSubject.LARGE,
            log -> log.put("a", "1")
                    .remove("a")
                    .sync()
                    .put("a", "2")
                    .remove("a")
                    .put("a", "3")),
    INVALIDATE(
            LogSubject.LARGE,
            log -> log.put("a", "1")
                    .sync()
                    .invalidate("a")
                    .tick()
                    .put("a", "2")
                    .invalidate("a")
                    .sync()),
    EXPIRE(
            LogSubject.LARGE,
            log -> log.put("a", "1", 50)
                    .put("b", "1", 5_000)
                    .sync()
                    .pass(60)
                    .put("c", "2")
                    .put("a", "2", 10)
                    .tick()
                    .pass(5_000)
                    .sync()),
    SHORTER_OVER_LONGER(LogSubject.SMALL, LogScripts::shorterOverLonger),
    TOUCH(
            LogSubject.LARGE,
            log -> log.put("a", "1", 10_000)
                    .sync()
                    .touch("a", 500)
                    .put("b", "1", 1_000)
                    .touch("b", 90_000)
                    .sync()
                    .touch("a", 20_000)
                    .tick()
                    .touch("b", 1)),
    TOUCH_AND_EXPIRE(LogSubject.SMALL, LogScripts::touchAndExpire),
    TOUCH_SHORTER_AND_DROP(LogSubject.SMALL, LogScripts::touchShorterAndDrop),
    TOUCH_LONGER_AND_DROP(LogSubject.SMALL, LogScripts::touchLongerAndDrop),
    CLEAR(
            LogSubject.LARGE,
            log -> log.put("a", "1")
                    .put("b", "1")
                    .sync()
                    .clear()
                    .put("b", "2")
                    .sync()
                    .clear()),
    CLEAR_OVER_SEGMENTS(
            LogSubject.SMALL,
            log -> log.putLarge("a", "1")
                    .putLarge("b", "1")
                    .putLarge("c", "1")
                    .tick()
                    .clear()
                    .tick()
                    .putLarge("a", "2")
                    .tick()
                    .putLarge("d", "1")
                    .sync()),
    PUT_ALL(
            LogSubject.LARGE,
            log -> log.putAll("a", "1", "b", "1", "c", "1")
                    .sync()
                    .putAll("b", "2", "d", "2")
                    .remove("c")
                    .putAll("c", "3", "a", "3")),
    PUT_ALL_OVER_SEGMENTS(
            LogSubject.SMALL,
            log -> log.putAll("a", "1".repeat(60), "b", "1".repeat(60), "c", "1".repeat(60), "d", "1".repeat(60))
                    .tick()
                    .putAll("a", "2", "b", "2".repeat(100), "e", "2".repeat(100))
                    .sync()),
    ROLL(
            LogSubject.SMALL,
            log -> log.putLarge("a", "1")
                    .putLarge("b", "1")
                    .putLarge("c", "1")
                    .putLarge("d", "1")
                    .putLarge("e", "1")),
    ROLL_AND_TICK(
            LogSubject.SMALL,
            log -> log.putLarge("a", "1")
                    .putLarge("b", "1")
                    .tick()
                    .putLarge("c", "1")
                    .tick()
                    .putLarge("d", "1")
                    .tick()
                    .put("a", "2")
                    .tick()),
    ROLL_AND_SYNC(
            LogSubject.SMALL,
            log -> log.putLarge("a", "1")
                    .sync()
                    .putLarge("b", "1")
                    .sync()
                    .putLarge("c", "1")
                    .sync()
                    .putLarge("a", "2")
                    .putLarge("b", "2")
                    .sync()),
    DROP_DEAD_SEGMENTS(
            LogSubject.SMALL,
            log -> log.putLarge("a", "1")
                    .putLarge("a", "2")
                    .putLarge("a", "3")
                    .tick()
                    .putLarge("a", "4")
                    .putLarge("a", "5")
                    .tick()
                    .putLarge("a", "6")
                    .tick()
                    .put("b", "1")
                    .tick()),
    DROP_EXPIRED_SEGMENTS(
            LogSubject.SMALL,
            log -> log.put("a", "1".repeat(90), 100)
                    .put("b", "1".repeat(90), 200)
                    .putLarge("c", "1")
                    .tick()
                    .pass(300)
                    .tick()
                    .putLarge("d", "1")
                    .tick()
                    .put("a", "2")
                    .sync()),
    COMPACT(LogSubject.SMALL, LogCompactionScripts::compact),
    COMPACT_REMOVED(LogSubject.SMALL, LogCompactionScripts::compactRemoved),
    COMPACT_SHORTER_OVER_LONGER(LogSubject.SMALL, LogCompactionScripts::compactShorterOverLonger),
    COMPACT_TOUCHED(LogSubject.SMALL, LogCompactionScripts::compactTouched),
    COMPACT_CLEARED(LogSubject.SMALL, LogCompactionScripts::compactCleared),
    COMPACT_EXPIRED(LogSubject.SMALL, LogCompactionScripts::compactExpired),
    TOMBSTONES_OUTLIVE(
            LogSubject.SMALL,
            log -> log.putLarge("a", "1")
                    .putLarge("b", "1")
                    .putLarge("c", "1")
                    .tick()
                    .remove("a")
                    .putLarge("d", "1")
                    .putLarge("d", "2")
                    .tick()
                    .putLarge("d", "3")
                    .putLarge("d", "4")
                    .tick()
                    .reopen()),
    CLOSE(
            LogSubject.LARGE,
            log -> log.put("a", "1")
                    .reopen()
                    .put("a", "2")
                    .remove("b")
                    .reopen()
                    .reopen()
                    .put("b", "3")),
    CLOSE_OVER_SEGMENTS(
            LogSubject.SMALL,
            log -> log.putLarge("a", "1")
                    .putLarge("b", "1")
                    .putLarge("c", "1")
                    .reopen()
                    .putLarge("a", "2")
                    .remove("b")
                    .reopen()
                    .clear()
                    .reopen()
                    .put("a", "3")),
    EMPTY(LogSubject.LARGE, log -> log.tick().sync().reopen().tick().clear().reopen()),
    MIXTURE(
            LogSubject.SMALL,
            log -> log.putLarge("a", "1")
                    .put("b", "1", 5_000)
                    .putAll("c", "1", "d", "1")
                    .sync()
                    .remove("a")
                    .touch("b", 500)
                    .putLarge("e", "1")
                    .tick()
                    .clear()
                    .putLarge("f", "1")
                    .put("a", "2")
                    .invalidate("f")
                    .pass(600)
                    .tick()
                    .putLarge("a", "3")
                    .reopen()
                    .putLarge("g", "1")
                    .sync()),
    HINTS(LogSubject.SMALL, LogCompactionScripts::hints),
    OVERWRITE_OVER_SEGMENTS(LogSubject.SMALL, LogScripts::overwriteOverSegments),
    REMOVE_OVER_SEGMENTS(LogSubject.SMALL, LogScripts::removeOverSegments),
    REMOVE_ALL_AND_DROP(LogSubject.SMALL, LogScripts::removeAllAndDrop),
    INVALIDATE_OVER_SEGMENTS(LogSubject.SMALL, LogScripts::invalidateOverSegments),
    PUT_EXPIRED(LogSubject.LARGE, LogScripts::putExpired),
    TOUCH_TWICE_OVER_SEGMENTS(LogSubject.SMALL, LogScripts::touchTwiceOverSegments),
    CLEAR_TWICE(LogSubject.LARGE, LogScripts::clearTwice),
    CLEAR_AND_CLOSE(LogSubject.SMALL, LogScripts::clearAndClose),
    PUT_ALL_OF_THE_SAME(LogSubject.SMALL, LogScripts::putAllOfTheSame),
    LONGEST_RECORDS(LogSubject.SMALL, LogScripts::longestRecords),
    SYNC_OFTEN(LogSubject.SMALL, LogScripts::syncOften),
    KILL(LogSubject.LARGE, LogScripts::kill),
    KILL_OVER_SEGMENTS(LogSubject.SMALL, LogScripts::killOverSegments),
    KILL_AFTER_CLEAR(LogSubject.SMALL, LogScripts::killAfterClear),
    KILL_WITH_DEADLINES(LogSubject.SMALL, LogScripts::killWithDeadlines),
    KILL_BEFORE_DROPS(LogSubject.SMALL, LogScripts::killBeforeDrops),
    KILL_AND_CLOSE(LogSubject.SMALL, LogScripts::killAndClose);

    private final int segmentBytes;
    private final Consumer<LogSteps> script;

    LogTrace(int segmentBytes, Consumer<LogSteps> script) {
        this.segmentBytes = segmentBytes;
        this.script = script;
    }

    int segmentBytes() {
        return segmentBytes;
    }

    /** Returns the steps for one run. */
    List<CrashStep<LogSession>> steps(LogSubject subject) {
        var steps = new LogSteps(subject);
        script.accept(steps);
        return steps.steps();
    }
}
