package io.coffer.store;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Something that a simulated disk has been asked for and need not have done when the power fails. */
sealed interface Pending {
    /** Bytes that were written and not synced. */
    record Write(SimulatedFile file, int position, byte[] bytes) implements Pending {
        @Override
        public Pending of(SimulatedFile other) {
            return new Write(other, position, bytes);
        }
    }

    /** A file that was cut and not synced. */
    record Cut(SimulatedFile file, int size) implements Pending {
        @Override
        public Pending of(SimulatedFile other) {
            return new Cut(other, size);
        }
    }

    /** A file that was created (no old name), renamed or deleted (no new name), in a directory that has not been synced. */
    record Naming(String from, String to, SimulatedFile file) implements Pending {
        Set<String> names() {
            return Stream.of(from, to).filter(name -> name != null).collect(Collectors.toSet());
        }

        @Override
        public Pending of(SimulatedFile other) {
            return new Naming(from, to, other);
        }

        void applyTo(Map<String, SimulatedFile> files) {
            if (from != null) {
                files.remove(from);
            }
            if (to != null) {
                files.put(to, file);
            }
        }
    }

    /** Which file it is about. */
    SimulatedFile file();

    /** Returns the same about another file. */
    Pending of(SimulatedFile other);

    /** Whether it concerns the bytes of a file. */
    default boolean changes(SimulatedFile file) {
        return (this instanceof Write write && write.file == file) || (this instanceof Cut cut && cut.file == file);
    }
}
