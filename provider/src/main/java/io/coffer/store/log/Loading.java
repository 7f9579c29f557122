package io.coffer.store.log;

import io.coffer.store.Files;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads all segments that count: compacted ones first, as {@link Winners} wants it, then the others by rising ids. Finds out which heads
 * stay. Changes nothing on disk. One thread, once.
 */
final class Loading {
    private final Files files;
    private final Fingerprints fingerprints;
    private final Winners winners;
    private final Progress progress;
    private final Losses losses;
    private final boolean isEncrypted;
    private final Set<String> distrusted;

    private final List<LoadedSegment> kept = new ArrayList<>();
    private final List<LoadedSegment> empty = new ArrayList<>();
    private final List<String> strangers = new ArrayList<>();
    private final Map<Long, Long> hintBytes = new HashMap<>();
    private final List<String> uselessHints = new ArrayList<>();
    private boolean isUnconnected;

    /**
     * Begins.
     *
     * @param isEncrypted whether a file that is missing was taken away: nothing else does that, and here somebody may want it
     * @param distrusted hint files that an earlier loading has found useless
     */
    Loading(
            Files files,
            Fingerprints fingerprints,
            Winners winners,
            Progress progress,
            Losses losses,
            boolean isEncrypted,
            Set<String> distrusted) {
        this.files = files;
        this.fingerprints = fingerprints;
        this.winners = winners;
        this.progress = progress;
        this.losses = losses;
        this.isEncrypted = isEncrypted;
        this.distrusted = distrusted;
    }

    /** @throws UselessHintsException if a hint file lies; then all that was read counts for nothing, and is read again by another loading */
    void load(@Nullable Manifest manifest, StoreContents contents) throws IOException, UselessHintsException {
        winners.expect(records(contents, true), records(contents, false));
        noteMissing(contents);
        var heads = contents.heads().stream().filter(head -> !isVoid(head)).toList();
        var evidence = new SyncEvidence(files, heads, lastSealed(manifest), losses.isSalvage());
        for (var segment : contents.segments()) {
            if (segment.isCompacted()) {
                load(segment, evidence, contents.hints());
            }
        }
        for (var segment : contents.segments()) {
            if (!segment.isCompacted()) {
                load(segment, evidence, contents.hints());
            }
        }
        hideBehindLast(contents);
    }

    /** How many records sealed segments have. */
    private static long records(StoreContents contents, boolean areCompacted) {
        long records = 0;
        for (var segment : contents.segments()) {
            var sealed = segment.seal();
            records += sealed == null || segment.isCompacted() != areCompacted ? 0 : sealed.records();
        }
        return records;
    }

    /** Whether the writer had given up all changes of a head. */
    private boolean isVoid(FoundSegment segment) {
        return segment.seal() == null && segment.header().createdSequence() > progress.limit(segment);
    }

    private static long lastSealed(@Nullable Manifest manifest) {
        return manifest == null
                ? -1
                : manifest.segments().stream()
                        .filter(line -> line.kind() == SegmentKind.WRITTEN && line.state() == SegmentState.SEALED)
                        .mapToLong(ManifestLine::id)
                        .max()
                        .orElse(-1);
    }

    /** Segments that are gone: whatever was in them may have replaced anything older. */
    private void noteMissing(StoreContents contents) {
        for (var line : contents.absent()) {
            var what = SegmentHeader.fileName(line.id()) + " is missing";
            losses.expectWanted(what);
            if (isEncrypted) {
                losses.expectUntouched(what);
            }
            losses.note(what, Math.max(1, line.records()));
            losses.hide(line.maxSequence());
        }
        if (losses.hiddenSequence() > 0) {
            winners.clear(losses.hiddenSequence());
        }
    }

    private void load(FoundSegment segment, SyncEvidence evidence, Set<String> hints)
            throws IOException, UselessHintsException {
        if (isVoid(segment)) {
            strangers.add(segment.file());
            return;
        }
        if (isUnconnected && segment.seal() == null) {
            strangers.add(segment.file());
            return;
        }
        var load = new SegmentLoad(segment, kept.size(), progress, fingerprints, winners, evidence, losses);
        LoadedSegment loaded;
        try (var file = new SegmentFile(files, segment);
                var hint = hint(segment, file, hints)) {
            loaded = hint != null ? load.read(hint) : load.read(file.scan());
        }
        if (loaded == null) {
            isUnconnected = true;
            strangers.add(segment.file());
        } else if (segment.seal() == null && loaded.isEmpty()) {
            empty.add(loaded);
        } else {
            kept.add(loaded);
        }
    }

    /** Opens the hints that may stand in for a segment's records, null if there are none. */
    private @Nullable HintReader hint(FoundSegment segment, SegmentFile file, Set<String> hints) {
        var name = HintHeader.fileName(segment.header().id());
        var sealed = segment.seal();
        if (sealed == null || !hints.contains(name)) {
            return null;
        }
        boolean countsWhole = sealed.maxSequence() <= progress.limit(segment);
        boolean isTrusted = losses.trustsHints() && !distrusted.contains(name);
        var hint = isTrusted && countsWhole ? HintReader.open(files, segment, file) : null;
        if (hint == null) {
            uselessHints.add(name);
        } else {
            hintBytes.put(sealed.id(), hint.fileBytes());
        }
        return hint;
    }

    /**
     * A head that is gone, though its name was synced, had the changes after those of the head before it. If no later segment tells how
     * many, anything may be hidden.
     */
    private void hideBehindLast(StoreContents contents) {
        long lastKept = kept.stream()
                .map(LoadedSegment::segment)
                .filter(segment -> !segment.isCompacted())
                .mapToLong(segment -> segment.header().id())
                .max()
                .orElse(-1);
        boolean isLastGone =
                contents.absent().stream().anyMatch(line -> line.state() == SegmentState.OPEN && line.id() > lastKept);
        if (isLastGone && !losses.isSalvage()) {
            long sequence = progress.nextSequence();
            losses.hide(sequence);
            winners.clear(sequence);
        }
    }

    /** Segments to keep; their numbers are their places here. */
    List<LoadedSegment> kept() {
        return kept;
    }

    /** Returns how long the hint files are that stood in for their segments, by the ids of these. */
    Map<Long, Long> hintBytes() {
        return hintBytes;
    }

    /** Hint files that could not, or were not wanted. */
    List<String> uselessHints() {
        return uselessHints;
    }

    /** Heads in which there is nothing. */
    List<LoadedSegment> empty() {
        return empty;
    }

    /**
     * Heads that do not count: never synced, and behind one that has lost its end, so that with them the entries were those of no moment;
     * or given up by the writer.
     */
    List<String> strangers() {
        return strangers;
    }
}
