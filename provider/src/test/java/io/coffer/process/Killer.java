package io.coffer.process;

import io.coffer.store.ChildJvm;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A process that waits to be told what to do, so that it can be started early, and what is heard of it until it is killed. */
final class Killer implements Closeable {
    private static final int KILLED = 128 + 9;
    private static final long SECONDS_MAX = 120;

    private final ChildJvm process;
    private final Path errors;
    private final CountDownLatch opening = new CountDownLatch(1);
    /** One permit for each call that has returned. */
    private final Semaphore calls = new Semaphore(0);

    private final CompletableFuture<List<Message>> messages = new CompletableFuture<>();

    /** Starts the process, which waits. */
    Killer(Path errors, Class<?> victim) throws IOException {
        this.errors = errors;
        process = ChildJvm.start(List.of(), ProcessBuilder.Redirect.appendTo(errors.toFile()), victim, List.of());
        var listener = new Thread(this::listen, "killer");
        listener.setDaemon(true);
        listener.start();
    }

    private void listen() {
        try (var pipe = new DataInputStream(new BufferedInputStream(process.output()))) {
            var heard = new ArrayList<Message>();
            for (var message = Message.receive(pipe); message != null; message = Message.receive(pipe)) {
                heard.add(message);
                opening.countDown();
                if (message.kind() == Message.Kind.DONE) {
                    calls.release();
                }
            }
            messages.complete(heard);
        } catch (IOException | RuntimeException e) {
            messages.completeExceptionally(e);
        }
    }

    /** Lets the process begin. */
    void order(Object... words) throws IOException {
        var order = Stream.of(words).map(String::valueOf).collect(Collectors.joining(" ", "", "\n"));
        process.input().write(order.getBytes(StandardCharsets.UTF_8));
        process.input().flush();
    }

    /**
     * Kills the process, and returns all messages that it has sent.
     *
     * @param callsMin how many calls have to return before the delay begins; if none, it begins when the store is being opened
     */
    List<Message> kill(int callsMin, Duration delay) throws IOException {
        try {
            boolean begun = callsMin == 0
                    ? opening.await(SECONDS_MAX, TimeUnit.SECONDS)
                    : calls.tryAcquire(callsMin, SECONDS_MAX, TimeUnit.SECONDS);
            if (!begun || process.endsWithin(delay)) {
                throw new AssertionError("The process has not waited to be killed: " + Files.readString(errors));
            }
            int status = process.kill();
            if (status != KILLED) {
                throw new AssertionError("Ended with " + status + ": " + Files.readString(errors));
            }
            return messages.get(SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("Its messages could not be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    @Override
    public void close() {
        try {
            process.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
