package io.coffer.example.story;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the console shows, of real processes: that of the story, and those of the application which it starts and kills. */
class StoryTest {

    private static final long END_SECONDS = 180;
    private static final String LAST_LINE = "Ctrl-C ends it.";

    /** Also of a machine on which the search takes more than ten seconds. */
    private static final String TIME = "[\\d,.]+ (ms|s|min \\d+ s)";

    private final List<Process> stories = new ArrayList<>();

    @TempDir
    private Path directory;

    @AfterEach
    void endWhatIsLeft() {
        stories.forEach(Process::destroyForcibly);
    }

    @Test
    void tell_twice_tellsOfWhatIsStillThereAndLeavesNoProcess() throws Exception {
        Process first = start("--server.port=0", "--example.directory=" + directory);
        String story = read(first);

        assertThat(story)
                .contains("Germany (DE) has this name in")
                .doesNotContain("An earlier run")
                .containsPattern("1\\. The application starts: JVM \\d+, http://127\\.0\\.0\\.1:\\d+/\n"
                        + call("First", "every country in every language searched")
                        + call("Second", "from memory")
                        + call("Third", "from memory"))
                .containsPattern("2\\. kill -9 " + pids(story).get(0) + "\n.* has ended, exit code ")
                .containsPattern("3\\. The application starts again: JVM \\d+, http://127\\.0\\.0\\.1:\\d+/\n"
                        + call("First", "from disk")
                        + call("Second", "from memory")
                        + call("Third", "from memory")
                        + " +The same answer: yes\n"
                        + " +The entry lives until [\\d:]+, in \\d min \\d+ s, as before: yes\n")
                .containsPattern(
                        "4\\. .*" + Pattern.quote(directory.resolve("countries").toString()))
                .containsPattern("\\d bytes +MANIFEST\n")
                .containsPattern("\\d bytes +STORE\n")
                .containsPattern("\\d bytes +[0-9a-f]{12}\\.seg\n");
        assertThat(page(story)).contains("<td>Alemania</td>", "Germany (DE) has this name in");

        ProcessHandle application = application(story);
        first.destroyForcibly(); // has no time to tell its child
        application.onExit().get(END_SECONDS, TimeUnit.SECONDS);

        Process second = start("--server.port=0", "--example.directory=" + directory);
        String again = read(second);

        assertThat(again)
                .containsPattern(call("A", "from disk") + " +An earlier run has left it\\..*\n"
                        + call("First", "every country in every language searched")
                        + call("Second", "from memory"))
                .contains("The same answer: yes", "as before: yes");

        application = application(again);
        second.destroy(); // as Ctrl-C, but for this process alone
        assertThat(second.waitFor(END_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(application.isAlive()).isFalse();
    }

    @Test
    void encrypted_told_refusesAnotherKeyAndGoesOnWithItsOwn() throws Exception {
        Path caches = directory.resolve("caches");
        Process process = start("encrypted", "--server.port=0", "--example.directory=" + caches);
        String story = read(process);

        assertThat(story)
                .contains("1. The key, in " + directory.resolve("coffer.key") + "\n   It is made now: 32 random bytes")
                .containsPattern("2\\. The application starts: JVM \\d+, http://127\\.0\\.0\\.1:\\d+/\n"
                        + call("First", "every country in every language searched")
                        + call("Second", "from memory"))
                .containsPattern("\\d bytes +KEYS\n")
                .contains("   Files in which \"Alemania\" or the answer can be read: none\n")
                .containsPattern("4\\. The application starts with another key\n"
                        + " +The store of cache \"countries\" in .* cannot be opened: .*"
                        + Pattern.quote("Key file " + directory.resolve("another.key"))
                        + " has the key [0-9a-f]{16}, not [0-9a-f]{16}\\. Nothing was changed\\.\n"
                        + " +The files are as they were: yes\n")
                .containsPattern("5\\. The application starts with its key: JVM \\d+, .*\n"
                        + call("First", "from disk")
                        + " +The same answer: yes\n");

        ProcessHandle application = application(story);
        process.destroy();
        assertThat(process.waitFor(END_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(application.isAlive()).isFalse();
    }

    @Test
    void tell_portIsTaken_namesTheOptionAndEnds() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Process process = start("--server.port=" + taken.getLocalPort(), "--example.directory=" + directory);

            assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
                    .contains("Port " + taken.getLocalPort() + " was already in use", "add --server.port=8081");
            assertThat(process.waitFor()).isEqualTo(1);
        }
    }

    @Test
    void main_unknownWord_saysWhatIsThere() throws Exception {
        Process process = start("aap");

        assertThat(process.inputReader().lines()).last().asString().contains("Found: aap", "\"app\"");
        assertThat(process.waitFor()).isEqualTo(2);
    }

    /**
     * Ctrl-C in a terminal goes to the story and to the application at once. SIGTERM ends them likewise; SIGINT may be ignored by whoever
     * runs in the background, and is then by his children.
     */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void tell_interruptedDuringTheFirstCall_endsWithoutAWord() throws Exception {
        Process process = start("--server.port=0", "--example.directory=" + directory);
        BufferedReader lines = process.inputReader();
        String line = lines.readLine();
        while (!line.startsWith("1. The application starts")) {
            line = lines.readLine();
        }

        new ProcessBuilder(
                        "kill",
                        "-TERM",
                        String.valueOf(process.pid()),
                        String.valueOf(pids(line).get(0)))
                .inheritIO()
                .start();

        assertThat(lines.lines()).noneMatch(each -> each.contains("xception") || each.contains("has ended"));
        assertThat(process.waitFor(END_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    private Process start(String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(
                                Stream.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        Main.class.getName()),
                                Stream.of(arguments))
                        .toList())
                .redirectErrorStream(true);
        // For this process and its children, which live too short for the compiler that optimises more.
        builder.environment().put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        Process process = builder.start();
        stories.add(process);
        return process;
    }

    /** Returns what the story has printed up to its end, with the line ends of Unix. */
    private static String read(Process process) throws IOException {
        StringBuilder story = new StringBuilder();
        BufferedReader lines = process.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            story.append(line).append('\n');
            if (line.equals(LAST_LINE)) {
                return story.toString();
            }
        }
        throw new AssertionError("The story has ended early:\n" + story);
    }

    private static String call(String which, String origin) {
        return " +" + which + " call: +" + TIME + ", " + origin + "\n";
    }

    private static List<Long> pids(String story) {
        return Pattern.compile(": JVM (\\d+),")
                .matcher(story)
                .results()
                .map(pid -> Long.valueOf(pid.group(1)))
                .toList();
    }

    /** Returns the process that has the last word. */
    private static ProcessHandle application(String story) {
        return ProcessHandle.of(pids(story).get(1))
                .orElseThrow(() -> new AssertionError("The application has ended already:\n" + story));
    }

    private static String page(String story) throws IOException, InterruptedException {
        Matcher address = Pattern.compile("See what is cached at (\\S+)").matcher(story);
        assertThat(address.find()).isTrue();
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address.group(1))).build(), BodyHandlers.ofString())
                .body();
    }
}
