package io.coffer.store.log;

import io.coffer.store.Files;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts a directory in order, after it was decided that it may be opened: all that counts is sealed and listed, and nothing else is
 * there. A crash at any point leaves a directory that opens with the same entries: files that the manifest on disk still counts are taken
 * away only when there is another one. One thread, once.
 */
final class Mending {
    private final Files files;
    private final SetAside aside;
    private final StoreIdentity identity;
    private final long lastSequence;
    private final long clockMillis;
    private final @Nullable KeyRing ring;

    /** A segment and what the manifest will say of it. */
    record Mended(int number, SegmentHeader header, ManifestLine line, Shadows shadows, long earliestDeadline) {}

    private final List<Mended> mended = new ArrayList<>();
    private final List<String> deleted = new ArrayList<>();
    private final List<String> setAside = new ArrayList<>();
    /** Whether the names of all files that were found are on disk; a process that was killed need not have synced them. */
    private boolean areNamesSynced;

    Mending(
            Files files,
            SetAside aside,
            StoreIdentity identity,
            @Nullable KeyRing ring,
            long lastSequence,
            long clockMillis) {
        this.files = files;
        this.aside = aside;
        this.identity = identity;
        this.ring = ring;
        this.lastSequence = lastSequence;
        this.clockMillis = clockMillis;
    }

    /** Says which files have to go, for ever and to be looked at. */
    void remove(List<String> leftovers, List<String> strangers) {
        deleted.addAll(leftovers);
        setAside.addAll(strangers);
    }

    /** Removes a head without changes. */
    void removeEmpty(LoadedSegment head) throws IOException {
        aside.tail(head.segment().file(), head.end(), head.segment().size());
        deleted.add(head.segment().file());
    }

    /** Keeps a segment, and seals it if it is not. */
    void keep(LoadedSegment loaded) throws IOException {
        var sealed = loaded.segment().seal();
        if (sealed != null) {
            add(loaded, sealed);
        } else {
            syncNames();
            add(loaded, loaded.isFooted() ? syncedAgain(loaded) : seal(loaded));
        }
    }

    /** A footer says that all before it is on disk, also the heads with lesser ids: not without their names. */
    private void syncNames() throws IOException {
        if (!areNamesSynced) {
            files.syncDirectory();
            areNamesSynced = true;
        }
    }

    private void add(LoadedSegment loaded, ManifestLine line) {
        mended.add(new Mended(
                loaded.number(), loaded.segment().header(), line, loaded.shadows(), loaded.earliestDeadline()));
    }

    private ManifestLine seal(LoadedSegment loaded) throws IOException {
        var segment = loaded.segment();
        aside.tail(segment.file(), loaded.end(), segment.size());
        try (var file = files.openForWriting(segment.file())) {
            if (segment.headerDamaged()) {
                var header = segment.header().encode();
                file.write(0, header, 0, header.length);
            }
            return HeadSealer.seal(file, segment.header(), loaded.end(), loaded.summary(), lastSequence, clockMillis);
        }
    }

    /** It has its footer, but whether that is on disk nobody knows. */
    private ManifestLine syncedAgain(LoadedSegment loaded) throws IOException {
        try (var file = files.openForWriting(loaded.segment().file())) {
            file.sync();
        }
        return ManifestLine.sealed(
                loaded.segment().header(),
                loaded.end() + loaded.segment().header().suite().footerBytes(),
                loaded.summary(),
                loaded.footer());
    }

    /** Writes a segment that says that nothing before a sequence number counts. */
    void addClear(SegmentHeader header, int number, long sequence) throws IOException {
        // A crash of an earlier recovery may have left one under this name, which was never committed.
        deleted.remove(SegmentHeader.fileName(header.id()));
        var clear = ClearSegment.create(files, header, sequence, lastSequence, clockMillis);
        mended.add(new Mended(
                number,
                header,
                clear,
                Shadows.NONE.with(RecordType.CLEAR, header.suite().recordBytes),
                LogFormat.ETERNAL));
    }

    /**
     * Lists what was kept, then takes away what was not. Returns the manifest that is on disk.
     *
     * @param nextSegmentId greater than the ids of all segments that were found, also of those that do not count: should they be
     *     there again after a crash, they still do not
     */
    Manifest commit(@Nullable Manifest old, long nextSegmentId) throws IOException {
        mended.sort(Comparator.comparingLong(segment -> segment.line().id()));
        var lines = mended.stream().map(Mended::line).toList();
        var manifest = old;
        long floor = ring == null ? 0 : ring.anchoring().manifestFloor();
        long last = Math.max(floor, old == null ? 0 : old.sequence());
        // A manifest that lists nothing may be the first, of which the name was never synced: no later sync need be
        // about it.
        if (manifest == null
                || lines.isEmpty()
                || (ring != null && ring.takesPlain())
                || last > manifest.sequence()
                || nextSegmentId != manifest.nextSegmentId()
                || !lines.equals(manifest.segments())) {
            manifest = new Manifest(identity.tag(), last + 1, nextSegmentId, clockMillis, lines);
            ManifestFile.write(files, manifest, ring);
        } else if (!deleted.isEmpty() || !setAside.isEmpty()) {
            syncNames(); // of a process that was killed before it could: the manifest before may list what goes
        }
        for (var name : deleted) {
            files.delete(name);
        }
        for (var name : setAside) {
            aside.file(name);
        }
        aside.finish();
        if (!setAside.isEmpty()) {
            files.syncDirectory();
        }
        return manifest;
    }

    /** Returns what was kept, by rising ids. */
    List<Mended> mended() {
        return mended;
    }
}
