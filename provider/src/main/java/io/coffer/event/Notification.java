package io.coffer.event;

import io.coffer.lock.Owned;
import io.coffer.lock.WaitGraph;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One event for one listener, and its turn among the events of that key: it is told when the one before it has been told.
 *
 * <p>Made under the lock of the key, which fixes the order; told after it is unlocked.
 */
final class Notification<K, V> implements Owned {
    /*
     * Whoever is told on its caller's thread waits for the one before. All others are left to the one before as its heir,
     * to be told by the same thread next: in a loop, so that a long chain needs no deep stack. Each has at most one heir,
     * since each is "previous" of at most one.
     */
    private static final Object NONE_ANY_MORE = new Object();

    private final ListenerRegistration<K, V> registration;
    private final K key;
    private final EntryEvent<K, V> event;
    private final CompletableFuture<Void> told = new CompletableFuture<>();
    private final AtomicReference<@Nullable Object> heir = new AtomicReference<>(); // or NONE_ANY_MORE, once it is told
    private volatile @Nullable Notification<K, V> previous; // dropped when it is our turn, or chains would never end
    private volatile @Nullable Thread teller; // null while nobody is charged with it

    Notification(ListenerRegistration<K, V> registration, K key, EntryEvent<K, V> event, @Nullable Thread teller) {
        this.registration = registration;
        this.key = key;
        this.event = event;
        this.teller = teller;
        this.previous = registration.enqueue(key, this);
    }

    /**
     * Tells a synchronous listener on the calling thread, after waiting for its turn.
     *
     * <p>A listener that changes the cache it listens to may have to wait for itself: for the event it is being told. Then
     * this one is left to whoever tells that one, and told after it, and the caller goes on.
     *
     * @throws javax.cache.event.CacheEntryListenerException if the listener failed
     */
    void tellNow(WaitGraph waits) {
        var before = previous;
        if (before != null && !before.await(waits) && before.leave(this)) {
            return;
        }
        teller = Thread.currentThread();
        previous = null;
        try {
            registration.tell(event);
        } finally {
            tellInTurn(end());
        }
    }

    /** Lets an executor tell the listener, or whoever tells the one before, when its turn has come. */
    void tellLater(Executor executor) {
        var before = previous;
        if (before == null || !before.leave(this)) {
            executor.execute(() -> tellInTurn(this));
        }
    }

    /** Waits until it has been told, unless the caller would wait for itself; false: it has not. */
    boolean await(WaitGraph waits) {
        if (told.isDone()) {
            return true;
        }
        if (!waits.enter(this)) {
            return false;
        }
        try {
            told.join();
            return true;
        } finally {
            waits.leave();
        }
    }

    /** Leaves a notification to the thread that tells this one; false if this one has been told already. */
    private boolean leave(Notification<K, V> next) {
        next.teller = null;
        return heir.compareAndSet(null, next);
    }

    private static <K, V> void tellInTurn(@Nullable Notification<K, V> first) {
        var turn = first;
        while (turn != null) {
            turn = turn.tellAlone();
        }
    }

    private @Nullable Notification<K, V> tellAlone() {
        teller = Thread.currentThread();
        previous = null;
        registration.tellAlone(event);
        return end();
    }

    @SuppressWarnings("unchecked") // only notifications are left to one
    private @Nullable Notification<K, V> end() {
        try {
            registration.dequeue(key, this);
        } finally { // whatever the key's equals does: others wait for this
            told.complete(null);
        }
        return (Notification<K, V>) heir.getAndSet(NONE_ANY_MORE);
    }

    /** Tells whether the listener has so many to be told that a caller should wait for this one. */
    boolean isBehind() {
        return registration.isBehind();
    }

    boolean isSynchronous() {
        return registration.isSynchronous();
    }

    /** Whoever is charged with it; if nobody is, whoever is charged with the one before, since it comes next. */
    @Override
    public @Nullable Thread owner() {
        var turn = this;
        while (true) {
            var charged = turn.teller;
            var before = turn.previous;
            if (charged != null || before == null) {
                return charged;
            }
            turn = before;
        }
    }
}
