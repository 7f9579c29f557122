package io.coffer.store.log;

import io.coffer.spi.RollbackAnchor;
import java.util.concurrent.CountDownLatch;

/** Remembers nothing, and from some moment on does not answer before it is told to. */
final class HangingAnchor implements RollbackAnchor {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);
    private volatile boolean hangs;

    /** Lets all calls wait from now on. */
    void hang() {
        hangs = true;
    }

    /** Waits until somebody waits for it. */
    void awaitAsked() throws InterruptedException {
        asked.await();
    }

    /** Lets all calls return. */
    void answer() {
        answer.countDown();
    }

    @Override
    public long remembered(String counter) {
        hangIfWanted();
        return 0;
    }

    @Override
    public void advance(String counter, long number) {
        hangIfWanted();
    }

    private void hangIfWanted() {
        if (hangs) {
            asked.countDown();
            try {
                answer.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
