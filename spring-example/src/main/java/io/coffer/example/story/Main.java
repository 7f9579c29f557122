package io.coffer.example.story;

import io.coffer.example.ExampleApplication;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;

/** What the jar starts: the story, with the word {@code encrypted} that of a key, or with {@code app} the application alone. */
public final class Main {

    /** The application, which ends when its standard input does: when its parent has ended, however that ended. */
    static final String CHILD = "child";

    private static final String APPLICATION = "app";
    private static final String ENCRYPTED = "encrypted";

    private Main() {}

    /**
     * Starts one of both.
     *
     * @param args at most one word, then options of Spring, as {@code --server.port=8081}
     */
    public static void main(String[] args) throws InterruptedException {
        String word = args.length == 0 || args[0].startsWith("--") ? "" : args[0];
        String[] options = word.isEmpty() ? args : Arrays.copyOfRange(args, 1, args.length);
        switch (word) {
            case "" -> tell(() -> new Story(List.of(options), System.out).tell());
            case ENCRYPTED -> tell(() -> new EncryptedStory(List.of(options), System.out).tell());
            case APPLICATION -> ExampleApplication.main(options);
            case CHILD -> {
                Thread thread = new Thread(Main::endWithInput, "end-with-input");
                thread.setDaemon(true); // or an application that does not start would wait for its end
                thread.start();
                ExampleApplication.main(options);
            }
            default -> {
                System.err.println("Found: " + word + ". Expected: nothing for the story, \"" + ENCRYPTED
                        + "\" for that of an encrypted cache, \"" + APPLICATION
                        + "\" for the application alone, then options as --server.port=8081.");
                System.exit(2);
            }
        }
    }

    /** Tells something of an application, which goes on. */
    private interface Teller {
        Application tell() throws InterruptedException;
    }

    private static void tell(Teller teller) throws InterruptedException {
        try {
            teller.tell().await();
        } catch (ApplicationEndedException e) {
            if (!isEnding()) { // else Ctrl-C has ended both
                System.err.println(e.getMessage());
                System.exit(1);
            }
        }
    }

    /** A JVM that is ending takes no more hooks. A hook of our own might come after the one that ends the application. */
    private static boolean isEnding() {
        Thread never = new Thread(() -> {}, "never");
        try {
            Runtime.getRuntime().addShutdownHook(never);
            return !Runtime.getRuntime().removeShutdownHook(never);
        } catch (IllegalStateException e) {
            return true;
        }
    }

    private static void endWithInput() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            System.err.println("The standard input has failed, which is taken for its end: " + e);
        }
        System.exit(0);
    }
}
