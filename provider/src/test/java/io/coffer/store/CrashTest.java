package io.coffer.store;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each way to crash occurs where it may. What may not occur is looked for in {@link CrashPossibilityTest}. */
class CrashTest {
    private final SimulatedFiles files = new SimulatedFiles();

    @ParameterizedTest
    @EnumSource(CrashMode.class)
    void crash_everythingSynced_leavesOneDisk(CrashMode mode) throws IOException {
        durable("a", "abc");

        assertThat(disks(mode)).containsExactly("a=abc");
    }

    @ParameterizedTest
    @EnumSource(CrashMode.class)
    void crash_afterWrite_hasItOrNotOrTornAtAnyByte(CrashMode mode) throws IOException {
        var file = durable("a", "ab");
        file.write(2, FileContentContract.bytes("cde"), 0, 3);

        assertThat(disks(mode)).contains("a=ab", "a=abc", "a=abcd", "a=abcde");
    }

    @Test
    void crash_afterWriteOrdered_hasNothingElse() throws IOException {
        var file = durable("a", "ab");
        file.write(2, FileContentContract.bytes("cde"), 0, 3);

        assertThat(disks(CrashMode.ORDERED)).containsOnly("a=ab", "a=abc", "a=abcd", "a=abcde");
    }

    @Test
    void crash_afterWriteAdversarial_mayLeaveZerosOrGarbage() throws IOException {
        var file = durable("a", "ab");
        file.write(2, FileContentContract.bytes("cde"), 0, 3);

        assertThat(disks(CrashMode.ADVERSARIAL))
                .contains("a=ab\0\0\0")
                .anyMatch(disk -> disk.length() == 7 && !disk.equals("a=abcde") && !disk.endsWith("\0"));
    }

    @Test
    void crash_afterLargeWriteAdversarial_mayLeaveAnySectors() throws IOException {
        var file = durable("a", "");
        file.write(0, FileContentContract.bytes("x".repeat(9_000)), 0, 9_000);

        assertThat(disks(CrashMode.ADVERSARIAL))
                .anyMatch(disk -> zeros(disk, 0, 512) && xs(disk, 512, 1_024))
                .anyMatch(disk -> xs(disk, 0, 512) && zeros(disk, 512, 1_024) && xs(disk, 1_024, 1_536))
                .anyMatch(disk -> xs(disk, 0, 4_096) && zeros(disk, 4_096, 8_192) && xs(disk, 8_192, 9_000))
                .anyMatch(disk -> zeros(disk, 0, 9_000));
    }

    @Test
    void crash_afterTwoWritesAdversarial_mayHaveTheLaterOnly() throws IOException {
        var file = durable("a", "");
        file.write(0, FileContentContract.bytes("ab"), 0, 2);
        file.write(2, FileContentContract.bytes("cd"), 0, 2);

        assertThat(disks(CrashMode.ADVERSARIAL)).contains("a=", "a=ab", "a=abcd", "a=\0\0cd");
        assertThat(disks(CrashMode.ORDERED)).contains("a=", "a=ab", "a=abcd").doesNotContain("a=\0\0cd");
    }

    @ParameterizedTest
    @EnumSource(CrashMode.class)
    void crash_writesToTwoFiles_mayHaveEither(CrashMode mode) throws IOException {
        var first = durable("a", "");
        var second = durable("b", "");
        first.write(0, FileContentContract.bytes("x"), 0, 1);
        second.write(0, FileContentContract.bytes("y"), 0, 1);

        assertThat(disks(mode)).contains("a= b=", "a=x b=", "a= b=y", "a=x b=y");
    }

    @ParameterizedTest
    @EnumSource(CrashMode.class)
    void crash_directoryNotSynced_mayLoseASyncedFile(CrashMode mode) throws IOException {
        var file = files.create("a");
        file.write(0, FileContentContract.bytes("abc"), 0, 3);
        file.sync();

        assertThat(disks(mode)).containsOnly("", "a=abc");
    }

    @ParameterizedTest
    @EnumSource(CrashMode.class)
    void crash_directorySyncedButNotTheFile_hasTheNameOnly(CrashMode mode) throws IOException {
        var file = files.create("a");
        file.write(0, FileContentContract.bytes("x"), 0, 1);
        files.syncDirectory();

        assertThat(disks(mode)).contains("a=", "a=x").doesNotContain("");
    }

    @ParameterizedTest
    @EnumSource(CrashMode.class)
    void crash_renamedWithoutSync_mayHaveTheNameWithoutTheData(CrashMode mode) throws IOException {
        durable("a", "old");
        var draft = files.create("draft");
        draft.write(0, FileContentContract.bytes("new"), 0, 3);
        files.rename("draft", "a");

        assertThat(disks(mode)).contains("a=", "a=new", "a=old", "a=old draft=new", "a=old draft=");
        assertThat(disks(mode)).allMatch(disk -> disk.startsWith("a="));
    }

    @ParameterizedTest
    @EnumSource(CrashMode.class)
    void crash_renamedAfterSync_hasTheOldOrTheNew(CrashMode mode) throws IOException {
        durable("a", "old");
        durable("draft", "new");
        files.rename("draft", "a");

        assertThat(disks(mode)).containsOnly("a=new", "a=old draft=new");
    }

    @ParameterizedTest
    @EnumSource(CrashMode.class)
    void crash_deletedAndMadeAgain_keepsTheOrder(CrashMode mode) throws IOException {
        durable("a", "old");
        files.delete("a");
        var again = files.create("a");
        again.write(0, FileContentContract.bytes("new"), 0, 3);
        again.sync();

        assertThat(disks(mode)).containsOnly("a=old", "", "a=new");
    }

    @ParameterizedTest
    @EnumSource(CrashMode.class)
    void crash_renamedTwice_hasOneOfTheNames(CrashMode mode) throws IOException {
        durable("a", "1");
        files.rename("a", "b");
        files.rename("b", "c");

        assertThat(disks(mode)).containsOnly("a=1", "b=1", "c=1");
    }

    @Test
    void crash_namesOfDifferentFiles_areReorderedByTheAdversaryOnly() throws IOException {
        durable("a", "1");
        files.delete("a");
        files.create("b");

        assertThat(disks(CrashMode.ADVERSARIAL)).containsOnly("a=1", "", "a=1 b=", "b=");
        assertThat(disks(CrashMode.ORDERED)).containsOnly("a=1", "", "b=");
    }

    @ParameterizedTest
    @EnumSource(CrashMode.class)
    void crash_afterTruncate_mayHaveTheOldEnd(CrashMode mode) throws IOException {
        var file = durable("a", "abcd");
        file.truncate(1);

        assertThat(disks(mode)).containsOnly("a=abcd", "a=a");
    }

    @Test
    void crash_truncatedAndWritten_mayHaveTheOldEndBehindTheNew() throws IOException {
        var file = durable("a", "abcd");
        file.truncate(1);
        file.write(1, FileContentContract.bytes("X"), 0, 1);

        assertThat(disks(CrashMode.ADVERSARIAL)).contains("a=abcd", "a=a", "a=aX", "a=aXcd");
        assertThat(disks(CrashMode.ORDERED)).contains("a=abcd", "a=a", "a=aX").doesNotContain("a=aXcd");
    }

    /** A dead process is not a dead machine. */
    @Test
    void killed_nothingSynced_losesNothing() throws IOException {
        var file = files.create("draft");
        file.write(0, FileContentContract.bytes("abc"), 0, 3);
        files.rename("draft", "a");

        assertThat(text(files.crash().killed())).isEqualTo("a=abc");
        assertThat(text(files.crash().unsyncedLost())).isEmpty();
    }

    @Test
    void crash_imageTaken_doesNotChangeWithTheFiles() throws IOException {
        var file = durable("a", "abc");
        var image = files.crash().killed();
        file.write(0, FileContentContract.bytes("X"), 0, 1);
        file.sync();

        assertThat(text(image)).isEqualTo("a=abc");
        var again = new SimulatedFiles(image, 0);
        try (var other = again.openForWriting("a")) {
            other.write(0, FileContentContract.bytes("Y"), 0, 1);
        }
        assertThat(text(image)).isEqualTo("a=abc");
        assertThat(text(again.crash().killed())).isEqualTo("a=Ybc");
        assertThat(text(files.crash().killed())).isEqualTo("a=Xbc");
    }

    private WritableFile durable(String name, String text) throws IOException {
        var file = files.create(name);
        file.write(0, FileContentContract.bytes(text), 0, text.length());
        file.sync();
        files.syncDirectory();
        return file;
    }

    private Set<String> disks(CrashMode mode) {
        return files.crash().images(mode, 10, 2_000, 42).stream()
                .map(CrashTest::text)
                .collect(toCollection(TreeSet::new));
    }

    private static String text(DiskImage image) {
        var text = new StringBuilder();
        image.files()
                .forEach((name, bytes) -> text.append(text.isEmpty() ? "" : " ")
                        .append(name)
                        .append('=')
                        .append(new String(bytes, StandardCharsets.ISO_8859_1)));
        return text.toString();
    }

    private static boolean zeros(String disk, int from, int to) {
        return disk.length() >= 2 + to
                && disk.substring(2 + from, 2 + to).chars().allMatch(c -> c == 0);
    }

    private static boolean xs(String disk, int from, int to) {
        return disk.length() >= 2 + to
                && disk.substring(2 + from, 2 + to).chars().allMatch(c -> c == 'x');
    }
}
