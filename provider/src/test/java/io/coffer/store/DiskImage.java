package io.coffer.store;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a disk holds while nobody runs: names and bytes. Does not change; the bytes are shared and must not be written. */
public final class DiskImage {
    /** A disk with nothing on it. */
    public static final DiskImage EMPTY = new DiskImage(new TreeMap<>());

    private final Map<String, byte[]> files;

    /** Takes the map over. */
    DiskImage(TreeMap<String, byte[]> files) {
        this.files = Collections.unmodifiableMap(files);
    }

    /** Returns a disk with other bytes in one file, or with one file more. */
    public DiskImage with(String name, byte[] bytes) {
        var changed = new TreeMap<>(files);
        changed.put(name, bytes.clone());
        return new DiskImage(changed);
    }

    /** Returns a disk without a file. */
    public DiskImage without(String name) {
        var changed = new TreeMap<>(files);
        changed.remove(name);
        return new DiskImage(changed);
    }

    /** The bytes of each file, in the order of their names. */
    public Map<String, byte[]> files() {
        return files;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DiskImage image
                && files.keySet().equals(image.files.keySet())
                && files.entrySet().stream()
                        .allMatch(file -> Arrays.equals(file.getValue(), image.files.get(file.getKey())));
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (var file : files.entrySet()) {
            hash = 31 * hash + 31 * file.getKey().hashCode() + Arrays.hashCode(file.getValue());
        }
        return hash;
    }

    /** Names and lengths, for messages. */
    @Override
    public String toString() {
        return files.entrySet().stream()
                .map(file -> file.getKey() + ":" + file.getValue().length)
                .collect(Collectors.joining(" ", "[", "]"));
    }
}
