package io.coffer.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The JDK says of many a failure only which file it was; people are told the reason. */
class DiskFailureTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new AccessDeniedException("/a"), "permission denied", "/a: permission denied"),
                Arguments.of(
                        new NoSuchFileException("/a"), "no such file or directory", "/a: no such file or directory"),
                Arguments.of(new NotDirectoryException("/a"), "not a directory", "/a: not a directory"),
                Arguments.of(
                        new FileAlreadyExistsException("/a"),
                        "FileAlreadyExistsException",
                        "/a: FileAlreadyExistsException"),
                Arguments.of(
                        new FileSystemException("/a", null, "Read-only file system"),
                        "/a: Read-only file system",
                        "/a: Read-only file system"),
                Arguments.of(new IOException("Input/output error"), "Input/output error", "Input/output error"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void of_failure_givesItsReason(IOException failure, String reason, String told) {
        assertThat(DiskFailure.of(failure, "Cannot make directory /a", new File("."), 1))
                .hasMessage("Cannot make directory /a: " + reason)
                .isNotInstanceOf(DiskFullException.class)
                .hasCause(failure);
        assertThat(DiskFailure.told(failure)).isEqualTo(told);
    }
}
