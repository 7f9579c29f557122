package io.coffer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.coffer.testing.CapturedLog;
import io.coffer.testing.ChildLoader;
import io.coffer.testing.FakeClock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** One owner a directory: in this JVM, beyond this class loader, and beyond this process. */
class DirectoryLockTest {
    @TempDir
    Path directory;

    @Test
    void open_inUseInThisJvm_saysByWhomAndSinceWhen() throws IOException {
        try (var first = open("cache sessions")) {
            assertThatExceptionOfType(DirectoryLockedException.class)
                    .isThrownBy(() -> open("cache orders"))
                    .withMessageContaining(directory.toRealPath().toString())
                    .withMessageContaining("in use in this JVM")
                    .withMessageContaining("pid " + ProcessHandle.current().pid())
                    .withMessageContaining("cache sessions")
                    .withMessageContaining("since 2030-01-01T00:00:00Z")
                    .withMessageNotContaining("another path");
            assertStillOwned(first);
        }
    }

    @Test
    void open_closedBefore_succeeds() throws IOException {
        for (int i = 0; i < 3; i++) {
            open("a test").close();
        }

        assertThat(directory.resolve("OWNER")).doesNotExist();
        assertThat(System.getProperties().stringPropertyNames())
                .noneMatch(name -> name.startsWith("io.coffer.store.") && name.contains(directory.toString()));
    }

    @Test
    void close_byAnEarlierOwner_doesNotEndTheLockOfTheNext() throws IOException {
        var first = open("first");
        first.close();
        try (var second = open("second")) {
            first.close();

            assertStillOwned(second);
        }
    }

    @Test
    void open_otherPathToTheSame_isInUse() throws IOException {
        try (var first = open("a test")) {
            var detour = directory.resolve("..").resolve(directory.getFileName());

            assertThatExceptionOfType(DirectoryLockedException.class)
                    .isThrownBy(() -> DiskFiles.open(detour, "a detour", new FakeClock()));
            assertStillOwned(first);
        }
    }

    /** A web application with its own copy of our classes. */
    @Test
    void open_inUseByAnotherClassLoader_saysSo() throws Exception {
        var classes = new Class<?>[] {
            DirectoryHolder.class,
            DiskFiles.class,
            DirectoryLock.class,
            DirectoryLockedException.class,
            PosixMode.class,
            FileNames.class,
            DiskNames.class,
            Files.class
        };
        System.setProperty("io.coffer.test.directory", directory.toString());
        try (var loader = new ChildLoader(classes);
                var first = open("cache sessions")) {
            var stranger = (Callable<?>) loader.instance(DirectoryHolder.class);
            assertThat(stranger).isNotInstanceOf(DirectoryHolder.class);

            assertThat((String) stranger.call()).contains("in use in this JVM", "cache sessions");
            assertStillOwned(first);
        } finally {
            System.clearProperty("io.coffer.test.directory");
        }
    }

    /** Programs that replace the system properties, as some tests do, take our register with them; the JDK still knows. */
    @Test
    void open_registerLost_isStillInUseAndStaysSo() throws IOException {
        var properties = System.getProperties();
        try (var first = open("cache sessions")) {
            var replaced = new Properties();
            properties.stringPropertyNames().stream()
                    .filter(name -> !name.startsWith("io.coffer"))
                    .forEach(name -> replaced.setProperty(name, properties.getProperty(name)));
            System.setProperties(replaced);

            for (int i = 0; i < 2; i++) {
                assertThatExceptionOfType(DirectoryLockedException.class)
                        .isThrownBy(() -> open("another"))
                        .withMessageContaining("in use in this JVM, under another path")
                        .withMessageContaining("cache sessions");
            }
            assertStillOwned(first);
        } finally {
            System.setProperties(properties);
        }
        open("another").close();
    }

    @Test
    void open_inUseByAnotherProcess_saysByWhomAndLeavesIt() throws IOException {
        try (var child = ChildJvm.start(DirectoryHolder.class, directory)) {
            assertThat(child.line()).startsWith("has it");

            for (int i = 0; i < 2; i++) {
                assertThatExceptionOfType(DirectoryLockedException.class)
                        .isThrownBy(() -> open("a test"))
                        .withMessageContaining("in use by another process")
                        .withMessageContaining("pid " + child.pid())
                        .withMessageContaining("a child")
                        .withMessageContaining("since 2030-01-01T00:00:00Z");
            }
        }
        open("a test").close();
    }

    /** A killed process ends its lock but not its OWNER. */
    @Test
    void open_ownerKilled_succeedsAndSaysTheNewOne() throws IOException {
        long pid;
        try (var child = ChildJvm.start(DirectoryHolder.class, directory)) {
            assertThat(child.line()).startsWith("has it");
            pid = child.pid();
            child.kill();
        }
        assertThat(directory.resolve("OWNER")).content().contains("pid " + pid);

        try (var files = open("a test")) {
            assertThat(directory.resolve("OWNER"))
                    .content()
                    .contains("pid " + ProcessHandle.current().pid())
                    .contains("a test");
            assertStillOwned(files);
        }
    }

    /** Everything that a person or a program may look at, but LOCK itself: reading that would end the lock. */
    @Test
    void lock_directoryReadByOthers_remains() throws IOException {
        try (var files = open("a test")) {
            files.create("a").close();
            java.nio.file.Files.readString(directory.resolve("OWNER"));
            java.nio.file.Files.readAllBytes(directory.resolve("a"));
            try (var all = java.nio.file.Files.walk(directory)) {
                assertThat(all.map(Path::toString)).anyMatch(path -> path.endsWith("LOCK"));
            }
            assertThat(files.list()).containsExactly("a");
            files.openForReading("a").close();

            assertStillOwned(files);
        }
    }

    /** The reason for all this: that the lock can be lost at all is a fact of POSIX, and our tests would see it. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void lock_openedASecondTimeInThisProcess_isLost() throws IOException {
        try (var files = open("a test")) {
            FileChannel.open(directory.resolve("LOCK"), StandardOpenOption.READ).close();

            assertThat(tryFromAnotherProcess()).startsWith("has it");
            assertThat(files.list()).isEmpty();
        }
    }

    @Test
    void open_interruptedThread_takesItAndStaysInterrupted() throws IOException {
        Thread.currentThread().interrupt();
        try (var files = open("a test")) {
            assertThat(Thread.interrupted()).isTrue();
            assertStillOwned(files);
        }
    }

    @Test
    void open_ownerCannotBeWritten_takesItNevertheless() throws IOException {
        java.nio.file.Files.createDirectory(directory.resolve("OWNER.tmp"));

        try (var log = new CapturedLog();
                var files = open("a test")) {
            assertThat(log.warnings()).singleElement().asString().contains("OWNER cannot be written");
            assertStillOwned(files);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void write_fileAsLargeAsAllowed_saysThatTheDiskIsFullAndGoesOn() throws IOException {
        try (var child = ChildJvm.startWithFilesOf(40, FileFiller.class, directory)) {
            assertThat(child.line()).startsWith("full after ");
        }
        assertThat(directory.resolve("a").toFile().length())
                .isPositive()
                .isEqualTo(directory.resolve("a").toFile().length() / 1_000 * 1_000);
    }

    private DiskFiles open(String holder) throws IOException {
        return DiskFiles.open(directory, holder, new FakeClock());
    }

    /** Asks the only one who can say: another process. */
    private void assertStillOwned(Files files) throws IOException {
        assertThat(tryFromAnotherProcess()).contains("in use by another process");
        assertThat(files.freeBytes()).isPositive();
    }

    private String tryFromAnotherProcess() throws IOException {
        try (var child = ChildJvm.start(DirectoryHolder.class, directory)) {
            return child.line();
        }
    }
}
