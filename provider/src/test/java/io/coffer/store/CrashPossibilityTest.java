package io.coffer.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Nothing impossible occurs: random programs keep their own account of what was synced, byte for byte and name for name, and
 * every disk after a crash is held against it.
 */
class CrashPossibilityTest {
    private static final int PROGRAMS = 60;
    private static final int STEPS = 30;
    private static final int NAMES = 3;

    /** One file by the account of the program. */
    private static final class Account {
        private byte[] synced = new byte[0];
        private byte[] written = new byte[0];
        private final Set<Integer> unsynced = new HashSet<>();
        private final List<byte[]> states = new ArrayList<>(List.of(new byte[0]));
        private boolean cut;

        private void write(int position, byte[] bytes) {
            written = Arrays.copyOf(written, Math.max(written.length, position + bytes.length));
            System.arraycopy(bytes, 0, written, position, bytes.length);
            for (int i = 0; i < bytes.length; i++) {
                unsynced.add(position + i);
            }
            states.add(written.clone());
        }

        private void truncate(int size) {
            written = Arrays.copyOf(written, Math.min(size, written.length));
            cut = true;
            states.add(written.clone());
        }

        private void sync() {
            synced = written.clone();
            unsynced.clear();
            states.clear();
            states.add(synced);
            cut = false;
        }

        /** What POSIX leaves no doubt about: synced bytes that nobody has touched since. Returns what is wrong, or null. */
        private String wrong(byte[] found) {
            int sizeMax = Math.max(
                    synced.length, unsynced.stream().mapToInt(i -> i + 1).max().orElse(0));
            if (found.length > sizeMax || (!cut && found.length < synced.length)) {
                return "size " + found.length + ", expected " + synced.length + " to " + sizeMax;
            }
            for (int i = 0; i < found.length; i++) {
                int expected = i < synced.length ? synced[i] : 0;
                if (!unsynced.contains(i) && found[i] != expected && !(cut && found[i] == 0)) {
                    return "byte " + i + " is " + found[i] + ", expected " + expected;
                }
            }
            return null;
        }

        /** What an ordered file system adds: the file is as it was at some moment, but for a write that is there in part. */
        private boolean isOrdered(byte[] found) {
            boolean known = false;
            for (int i = 0; i < states.size() && !known; i++) {
                known = Arrays.equals(found, states.get(i))
                        || (i > 0 && isMixture(found, states.get(i - 1), states.get(i)));
            }
            return known;
        }

        /** The first bytes from the state after a write, the others from the one before. */
        private static boolean isMixture(byte[] found, byte[] before, byte[] after) {
            for (int i = 0; i <= after.length; i++) {
                var mixture = Arrays.copyOf(before, Math.max(i, before.length));
                System.arraycopy(after, 0, mixture, 0, i);
                if (Arrays.equals(found, mixture)) {
                    return true;
                }
            }
            return false;
        }
    }

    @ParameterizedTest
    @EnumSource(CrashMode.class)
    void crash_anyProgram_keepsWhatWasSyncedAndInventsNothing(CrashMode mode) throws IOException {
        long images = 0;
        for (int seed = 0; seed < PROGRAMS; seed++) {
            images += run(mode, seed);
        }
        assertThat(images).isGreaterThan(10_000);
    }

    private static long run(CrashMode mode, int seed) throws IOException {
        var random = new SplittableRandom(seed);
        var files = new SimulatedFiles(DiskImage.EMPTY, seed);
        Map<String, Account> named = new HashMap<>();
        Map<String, Account> namedDurably = new HashMap<>();
        Map<String, Set<Account>> possible = new HashMap<>();
        long images = 0;
        for (int step = 0; step < STEPS; step++) {
            var name = "f" + random.nextInt(NAMES);
            var account = named.get(name);
            if (account == null) {
                files.create(name).close();
                named.put(name, new Account());
                possible.computeIfAbsent(name, some -> new HashSet<>()).add(named.get(name));
            } else {
                switch (random.nextInt(8)) {
                    case 0 -> {
                        files.delete(name);
                        named.remove(name);
                        possible.computeIfAbsent(name, some -> new HashSet<>()).add(null);
                    }
                    case 1 -> {
                        var other = "f" + random.nextInt(NAMES);
                        files.rename(name, other);
                        if (!name.equals(other)) {
                            named.put(other, named.remove(name));
                            possible.computeIfAbsent(name, some -> new HashSet<>())
                                    .add(null);
                            possible.computeIfAbsent(other, some -> new HashSet<>())
                                    .add(account);
                        }
                    }
                    case 2 -> {
                        files.syncDirectory();
                        namedDurably = new HashMap<>(named);
                        possible.clear();
                    }
                    default -> change(files, name, account, random);
                }
            }
            for (var image : files.crash().images(mode, 8, 20, seed * 1_000L + step)) {
                check(image, mode, namedDurably, possible, "seed " + seed + ", step " + step);
                images++;
            }
        }
        return images;
    }

    private static void change(SimulatedFiles files, String name, Account account, SplittableRandom random)
            throws IOException {
        try (var file = files.openForWriting(name)) {
            switch (random.nextInt(6)) {
                case 0 -> {
                    file.sync();
                    account.sync();
                }
                case 1 -> {
                    int size = random.nextInt(account.written.length + 1);
                    file.truncate(size);
                    if (size < account.written.length) {
                        account.truncate(size);
                    }
                }
                default -> {
                    var bytes = new byte[1 + random.nextInt(20)];
                    random.nextBytes(bytes);
                    int position = random.nextInt(account.written.length + 4);
                    file.write(position, bytes, 0, bytes.length);
                    account.write(position, bytes);
                }
            }
        }
    }

    /** A file under a name is one that the name had at the last sync of the directory or later, and holds what it may. */
    private static void check(
            DiskImage image,
            CrashMode mode,
            Map<String, Account> durable,
            Map<String, Set<Account>> later,
            String where) {
        for (int i = 0; i < NAMES; i++) {
            var name = "f" + i;
            Set<Account> candidates = new HashSet<>(later.getOrDefault(name, Set.of()));
            candidates.add(durable.get(name));
            var found = image.files().get(name);
            if (found == null) {
                if (!candidates.contains(null)) {
                    throw new AssertionError(name + " is missing, " + where);
                }
                continue;
            }
            candidates.remove(null);
            List<String> refused = new ArrayList<>();
            for (var candidate : candidates) {
                var wrong = candidate.wrong(found);
                if (wrong == null && mode == CrashMode.ORDERED && !candidate.isOrdered(found)) {
                    wrong = "no state of the file";
                }
                if (wrong != null) {
                    refused.add(wrong);
                }
            }
            if (refused.size() == candidates.size()) {
                throw new AssertionError(name + " is none of " + refused.size() + " files, " + where + ": " + refused);
            }
        }
    }
}
