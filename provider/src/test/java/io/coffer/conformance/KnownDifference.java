package io.coffer.conformance;

/**
 * Where Coffer and the reference implementation are known to differ, and why. Every other difference is a bug.
 *
 * <p>Most constants correct the reference's outcome into the one that Coffer must show; the result is compared as a
 * whole, so a constant excuses nothing but what it states, and Coffer may not silently stop to differ. A few cannot be
 * put right afterwards, because the reference breaks off or goes another way. It is spared those: its callback answers
 * what Coffer makes of the real answer. What it would do else is pinned by {@link ReferenceCornersTest}.
 */
enum KnownDifference {
    NULL_CREATION_EXPIRY("getExpiryForCreation may not be null: RI throws NullPointerException, Coffer takes eternal."),

    RESIDUE_OF_A_WRITTEN_BATCH(
            "A batch that a writer returns from is written: RI skips what it left in the collection even so."),

    VALUE_AFTER_REMOVE("An entry that its processor removed has no value: RI loads it again."),

    FAILING_FILTER("A filter that throws loses its listener the event, not the caller the call: RI throws."),

    BORN_EXPIRED_PUT_IF_ABSENT(
            "putIfAbsent on an absent key is a miss even if the new entry expires at once: RI counts a hit.",
            Corrections::bornExpiredPutIfAbsent),

    ABSENT_REMOVED_BY_PROCESSOR(
            "A processor that removes an absent entry removes nothing: RI announces and counts a removal.",
            ProcessorCorrections::absentRemoved),

    FAILED_PROCESSING_COUNTED(
            "A call that fails counts nothing: RI has counted the lookup before the processor runs.",
            ProcessorCorrections::failureCounted),

    PROCESSOR_FAILURE_UNWRAPPED(
            "invoke wraps whatever fails in an EntryProcessorException: RI lets JCache's own exceptions pass.",
            ProcessorCorrections::failureUnwrapped),

    PROCESSOR_FAILURE_WRAPPED_TWICE(
            "A result of invokeAll throws what invoke would have thrown: RI wraps it once more.",
            ProcessorCorrections::failureWrappedTwice),

    NULL_KEY_PROCESSED(
            "invokeAll refuses a null key before anything is processed: RI makes it one key's failure.",
            ProcessorCorrections::nullKeyProcessed),

    NULL_KEY_LOADED_BY_NOBODY(
            "loadAll refuses a null key: RI does only if there is a loader.", Corrections::nullKeyLoadedByNobody),

    POLICY_ASKED_BEFORE_WRITER(
            "The writer comes first: RI's put asks getExpiryForCreation before the writer fails.",
            Corrections::policyAskedBeforeWriter),

    EXPIRED_UNDER_ITERATOR(
            "Removing what expired when the iterator returned it removes nothing: RI announces and counts a removal.",
            Corrections::expiredUnderIterator),

    BATCH_FAILURE_SWALLOWED(
            "A batch whose writer fails, fails: RI swallows a CacheWriterException.",
            BatchCorrections::failureSwallowed),

    EMPTY_BATCH_WRITTEN("Nothing to write is not written: RI calls the writer.", BatchCorrections::emptyWritten),

    EXPIRED_DELETED_BY_REMOVE_ALL(
            "removeAll() deletes the live entries: RI also passes expired ones to the writer.",
            BatchCorrections::expiredDeleted),

    EXPIRED_REMOVALS_COUNTED(
            "removeAll(keys) counts what it removed: RI counts expired entries too.", BatchCorrections::expiredCounted),

    LOADED_ONE_BY_ONE(
            "getAll calls loadAll once and looks up every key before: RI loads one by one, up to the first failure.",
            BatchCorrections::loadedOneByOne),

    OLD_VALUE_OFFERED(
            "A listener that asked for no old values may get them: RI withholds them.", Corrections::oldValueOffered),

    EMPTY_LOAD("Nothing to load is not loaded: RI calls loadAll with no keys.", BatchCorrections::emptyLoaded),

    FAILING_LISTENER(
            "A listener that throws does so after the call was carried out and counted: RI forgets to count.",
            Corrections::failingListener);

    /** What the reference's outcome has to be corrected to. */
    @FunctionalInterface
    private interface Correction {
        Outcome corrected(Step step, Outcome reference);
    }

    private final String reason;
    private final Correction correction;

    KnownDifference(String reason) {
        this(reason, (step, reference) -> reference);
    }

    KnownDifference(String reason, Correction correction) {
        this.reason = reason;
        this.correction = correction;
    }

    Outcome correct(Step step, Outcome reference) {
        return correction.corrected(step, reference);
    }

    String reason() {
        return reason;
    }
}
