package io.coffer.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** The power fails now: all disks that this can leave behind. Of use until the next call of the file system. */
public final class Crash {
    private static final int TEARS_MAX = 128;

    private final Map<String, SimulatedFile> live;
    private final Map<String, SimulatedFile> durable;
    private final List<Pending> pending;

    Crash(Map<String, SimulatedFile> live, Map<String, SimulatedFile> durable, List<Pending> pending) {
        this.live = live;
        this.durable = durable;
        this.pending = pending;
    }

    /** Returns the disk after the process alone has died: nothing is lost. */
    public DiskImage killed() {
        var files = new TreeMap<String, byte[]>();
        live.forEach((name, file) -> files.put(name, file.live().frozen()));
        return new DiskImage(files);
    }

    /**
     * Returns the directory after the process alone has died, for the next one: all is there, and what was not synced a power failure
     * may still undo.
     */
    public SimulatedFiles inherited(long seed) {
        return new SimulatedFiles(live, durable, pending, seed);
    }

    /** Returns the disk on which nothing is that was not synced. */
    public DiskImage unsyncedLost() {
        return image(CrashMode.ADVERSARIAL, all(Fate.LOST), new SplittableRandom(0)).disk;
    }

    /** Returns one of the disks, by chance. */
    public DiskImage random(CrashMode mode, SplittableRandom random) {
        var fates = new Fate[pending.size()];
        double calm = random.nextInt(10) / 10.0;
        for (int i = 0; i < fates.length; i++) {
            fates[i] = random.nextDouble() < calm ? Fate.DONE : Fate.any(random);
        }
        return image(mode, fates, random).disk;
    }

    /**
     * Returns different disks, always the same ones for a seed: every subset of the pending operations if these are few; else
     * all, none, all but one, only one, and the first ones; the last write torn at each of its bytes; and some by chance.
     *
     * @param exhaustiveMax how many operations are few
     * @param samples how many disks are tried by chance, beyond the others
     */
    public Set<DiskImage> images(CrashMode mode, int exhaustiveMax, int samples, long seed) {
        return images(mode, exhaustiveMax, samples, TEARS_MAX, seed);
    }

    /**
     * Likewise.
     *
     * @param tears at how many of its bytes the last write is torn
     */
    public Set<DiskImage> images(CrashMode mode, int exhaustiveMax, int samples, int tears, long seed) {
        var random = new SplittableRandom(seed);
        var found = new LinkedHashSet<DiskImage>();
        int count = pending.size();
        if (count <= exhaustiveMax) {
            for (int subset = (1 << count) - 1; subset >= 0; subset--) {
                add(found, mode, subset(subset), random);
            }
        } else {
            for (int i = 0; i < count; i++) {
                add(found, mode, except(Fate.DONE, i, Fate.LOST), random);
                add(found, mode, except(Fate.LOST, i, Fate.DONE), random);
                add(found, mode, first(i), random);
            }
            add(found, mode, all(Fate.DONE), random);
            add(found, mode, all(Fate.LOST), random);
        }
        if (count > 0) {
            tears(found, mode, tears, random);
            for (int i = 0; i < samples; i++) {
                found.add(random(mode, random));
            }
        }
        return found;
    }

    private void add(Set<DiskImage> found, CrashMode mode, Fate[] fates, SplittableRandom random) {
        var image = image(mode, fates, random);
        if (!image.overruled) {
            found.add(image.disk);
        }
    }

    /** The last write before the crash is the one most often torn. */
    private void tears(Set<DiskImage> found, CrashMode mode, int tears, SplittableRandom random) {
        for (int i = pending.size() - 1; i >= 0; i--) {
            if (pending.get(i) instanceof Pending.Write write) {
                if (pending.subList(i + 1, pending.size()).stream().anyMatch(later -> later.changes(write.file()))) {
                    return;
                }
                int bytes = Math.min(TEARS_MAX, write.bytes().length);
                int step = Math.max(1, bytes / tears);
                for (int length = step == 1 ? 0 : random.nextInt(step); length < bytes; length += step) {
                    var torn = new ArrayList<>(pending);
                    torn.set(
                            i, new Pending.Write(write.file(), write.position(), Arrays.copyOf(write.bytes(), length)));
                    found.add(new Crash(live, durable, torn).image(mode, all(Fate.DONE), random).disk);
                }
                return;
            }
        }
    }

    private Fate[] all(Fate fate) {
        var fates = new Fate[pending.size()];
        Arrays.fill(fates, fate);
        return fates;
    }

    private Fate[] except(Fate fate, int index, Fate other) {
        var fates = all(fate);
        fates[index] = other;
        return fates;
    }

    private Fate[] first(int count) {
        var fates = all(Fate.LOST);
        Arrays.fill(fates, 0, count, Fate.DONE);
        return fates;
    }

    private Fate[] subset(int bits) {
        var fates = all(Fate.LOST);
        for (int i = 0; i < fates.length; i++) {
            fates[i] = (bits >> i & 1) == 1 ? Fate.DONE : Fate.LOST;
        }
        return fates;
    }

    /** A disk, and whether some operation was lost although its own fate was to be done, since one before it was lost. */
    private record Image(DiskImage disk, boolean overruled) {}

    private Image image(CrashMode mode, Fate[] fates, SplittableRandom random) {
        var names = new TreeMap<>(durable);
        var contents = new IdentityHashMap<SimulatedFile, Content>();
        Set<String> lostNames = new HashSet<>();
        Set<SimulatedFile> lostFiles = Collections.newSetFromMap(new IdentityHashMap<>());
        boolean ordered = mode == CrashMode.ORDERED;
        boolean overruled = false;
        for (int i = 0; i < fates.length; i++) {
            var fate = fates[i];
            if (pending.get(i) instanceof Pending.Naming naming) {
                boolean late = ordered ? !lostNames.isEmpty() : !Collections.disjoint(lostNames, naming.names());
                overruled |= late && fate == Fate.DONE;
                if (fate != Fate.DONE || late) {
                    lostNames.addAll(naming.names());
                } else {
                    naming.applyTo(names);
                }
            } else {
                var file = pending.get(i) instanceof Pending.Write write
                        ? write.file()
                        : ((Pending.Cut) pending.get(i)).file();
                boolean late = ordered && lostFiles.contains(file);
                overruled |= late && fate == Fate.DONE;
                if (fate != Fate.DONE) {
                    lostFiles.add(file);
                }
                if (!late) {
                    var content = contents.computeIfAbsent(
                            file, some -> some.durable().copy());
                    apply(
                            pending.get(i),
                            ordered && fate != Fate.DONE && fate != Fate.LOST ? Fate.TORN : fate,
                            content,
                            random);
                }
            }
        }
        var files = new TreeMap<String, byte[]>();
        names.forEach((name, file) ->
                files.put(name, contents.getOrDefault(file, file.durable()).frozen()));
        return new Image(new DiskImage(files), overruled);
    }

    private static void apply(Pending operation, Fate fate, Content content, SplittableRandom random) {
        if (operation instanceof Pending.Write write) {
            fate.apply(write, content, random);
        } else if (operation instanceof Pending.Cut cut && fate == Fate.DONE) {
            content.truncate(cut.size());
        }
    }
}
