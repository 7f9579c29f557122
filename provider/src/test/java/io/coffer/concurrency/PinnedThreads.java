package io.coffer.concurrency;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Notices every virtual thread that waits without leaving its carrier, from the beginning until {@link #stop}. */
final class PinnedThreads implements AutoCloseable {
    private final Recording recording = new Recording();

    PinnedThreads() {
        recording.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ZERO).withStackTrace();
        recording.start();
    }

    /** Returns what was noticed: those with a frame of a package, with all their frames. */
    List<String> stop(String packageName) {
        recording.stop();
        try {
            var file = Files.createTempFile("pinned", ".jfr");
            try {
                recording.dump(file);
                return RecordingFile.readAllEvents(file).stream()
                        .map(PinnedThreads::frames)
                        .filter(frames -> frames.contains("\n" + packageName + "."))
                        .toList();
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String frames(RecordedEvent event) {
        var frames = new StringBuilder();
        var trace = event.getStackTrace();
        if (trace != null) {
            trace.getFrames()
                    .forEach(frame -> frames.append('\n')
                            .append(frame.getMethod().getType().getName())
                            .append('.')
                            .append(frame.getMethod().getName())
                            .append(':')
                            .append(frame.getLineNumber()));
        }
        return frames.toString();
    }

    @Override
    public void close() {
        recording.close();
    }
}
