package io.coffer.example;

import java.time.Duration;
import java.time.Instant;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.springframework.stereotype.Component;

/** Asks lookups as any caller would, from outside their proxies, and remembers how long the latest calls took. */
@Component
class Calls {

    private static final int LATEST_MAX = 10;

    private final Deque<Call> latest = new ConcurrentLinkedDeque<>();
    private final CacheContents contents;

    Calls(CacheContents contents) {
        this.contents = contents;
    }

    Call ask(String cache, Lookup lookup, String question) {
        long readsBefore = contents.readsFromDisk(cache);
        Instant calledAt = Instant.now();
        long startNanos = System.nanoTime();
        Answer answer = lookup.ask(question);
        Duration took = Duration.ofNanos(System.nanoTime() - startNanos);

        // An answer that is older than the call was not searched for this call.
        boolean cached = answer.answeredAt().isBefore(calledAt);
        boolean read = contents.readsFromDisk(cache) > readsBefore;
        Call call = new Call(cache, answer, took, cached ? read ? Origin.DISK : Origin.MEMORY : Origin.SEARCH);
        latest.addFirst(call);
        while (latest.size() > LATEST_MAX) {
            latest.pollLast();
        }
        return call;
    }

    /** The latest calls, newest first. */
    List<Call> latest() {
        return List.copyOf(latest);
    }

    /**
     * One call.
     *
     * @param took the time that the caller waited
     * @param origin where the answer came from; memory is taken for disk if somebody else reads from disk at the same time
     */
    record Call(String cache, Answer answer, Duration took, Origin origin) {}
}
