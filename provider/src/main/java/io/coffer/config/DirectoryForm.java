package io.coffer.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The form of {@code directory}: a path of the file system, relative ones to the working directory of the process. */
final class DirectoryForm {
    /** Where stores are kept if nobody says otherwise. */
    static final Path DEFAULT = Path.of("coffer");

    private DirectoryForm() {}

    static Path read(Node node, Reading reading) {
        var text = node.text() == null ? "" : reading.scalar(node);
        if (text != null && !text.isBlank() && !text.startsWith("~") && !text.startsWith("file:")) {
            try {
                return Path.of(text);
            } catch (InvalidPathException e) {
                throw unfit(node);
            }
        }
        throw unfit(node);
    }

    private static UnfitException unfit(Node node) {
        return Quantities.unfit(
                node, "the path of a folder, such as \"/var/lib/acme/coffer\", \"./coffer\" or \"${HOME}/coffer\"");
    }
}
