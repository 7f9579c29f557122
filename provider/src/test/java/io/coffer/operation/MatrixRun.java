package io.coffer.operation;

import static io.coffer.operation.MatrixRow.KEY;
import static io.coffer.operation.MatrixRow.OLD;

import io.coffer.jcache.CacheFixture;
import io.coffer.operation.MatrixCase.Presence;
import io.coffer.operation.MatrixCase.Seen;
import io.coffer.operation.ScriptedPolicy.Answer;
import io.coffer.testing.RecordingListener;
import io.coffer.testing.RecordingLoader;
import io.coffer.testing.RecordingWriter;
import java.time.Duration;
import java.util.ArrayList;
import javax.cache.Cache;

/** Carries one case of the matrix out on a cache of its own, and tells what was to be seen. */
final class MatrixRun implements AutoCloseable {
    private static final String CACHE = "matrix";
    private static final Duration MILLISECOND = Duration.ofMillis(1);

    private final CacheFixture fixture = new CacheFixture();
    private final ScriptedPolicy policy = new ScriptedPolicy(Answer.TEN_MINUTES);
    private final RecordingLoader loader = new RecordingLoader().with(KEY, MatrixRow.LOADED);
    private final RecordingWriter writer = new RecordingWriter();
    private final MatrixCase tested;
    private final Cache<String, String> cache;
    private final RecordingListener<String, String> listener;

    MatrixRun(MatrixCase tested) {
        this.tested = tested;
        this.cache = fixture.create(
                CACHE,
                CacheFixture.<String, String>configuration()
                        .setStatisticsEnabled(false)
                        .setTypes(String.class, String.class)
                        .setExpiryPolicyFactory(() -> policy)
                        .setReadThrough(tested.row().isReadThrough())
                        .setCacheLoaderFactory(loader.factory())
                        .setWriteThrough(true)
                        .setCacheWriterFactory(writer.factory()));
        prepare();
        this.listener = CacheFixture.listen(cache);
        fixture.manager().enableStatistics(CACHE, true);
    }

    private void prepare() {
        if (tested.presence() != Presence.ABSENT) {
            cache.put(KEY, OLD);
            fixture.clock().advance(Duration.ofMinutes(tested.presence() == Presence.LIVE ? 1 : 10));
        }
        writer.drain();
        policy.drain();
        policy.say(tested.answer());
    }

    Seen run() throws Exception {
        var result = tested.row().call().on(cache);

        var counts = fixture.counts(CACHE);
        var questions = policy.drain();
        var written = writer.drain();
        var events = new ArrayList<>(listener.drain());
        policy.say(Answer.NULL); // so that looking changes nothing
        var after = cache.containsKey(KEY) ? value() + " for " + life() : "none";
        cache.remove(KEY);
        events.addAll(listener.drain());
        return new Seen(result, events, counts, written, loader.drain(), questions, after);
    }

    /** An iterator neither loads nor takes a lock. */
    private String value() {
        return cache.iterator().next().getValue();
    }

    private String life() {
        var start = fixture.clock().instant();
        for (long minutes : new long[] {3, 9, 10}) {
            var end = start.plus(Duration.ofMinutes(minutes));
            fixture.clock().advance(Duration.between(fixture.clock().instant(), end.minus(MILLISECOND)));
            if (!cache.containsKey(KEY)) {
                return "less than " + minutes + " min";
            }
            fixture.clock().advance(MILLISECOND);
            if (!cache.containsKey(KEY)) {
                return minutes + " min";
            }
        }
        fixture.clock().advance(Duration.ofDays(365_000));
        return cache.containsKey(KEY) ? "ever" : "more than 10 min";
    }

    @Override
    public void close() {
        fixture.close();
    }
}
