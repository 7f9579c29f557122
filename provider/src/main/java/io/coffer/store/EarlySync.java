package io.coffer.store;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Syncs files in a thread of its own, one after the other. */
final class EarlySync implements Syncing {
    private final FutureTask<Void> task;

    private EarlySync(FutureTask<Void> task) {
        this.task = task;
    }

    static EarlySync begin(Files files, List<String> names) {
        var task = new FutureTask<Void>(() -> {
            for (var name : names) {
                try (var file = files.openForWriting(name)) {
                    file.sync();
                }
            }
            return null;
        });
        var thread = new Thread(null, task, "coffer-sync", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null); // it may outlive what has opened the store
        thread.start();
        return new EarlySync(task);
    }

    @Override
    public void await() throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    task.get();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException("Files cannot be synced", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
