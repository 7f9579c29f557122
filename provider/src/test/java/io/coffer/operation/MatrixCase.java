package io.coffer.operation;

import static io.coffer.operation.MatrixRow.OLD;

import io.coffer.operation.MatrixRow.Becoming;
import io.coffer.operation.ScriptedPolicy.Answer;
import java.util.ArrayList;
import java.util.List;

/**
 * One cell of the matrix, and what the specification expects there.
 *
 * @param row the operation
 * @param presence what there is before
 * @param answer what the ExpiryPolicy says to each question
 */
record MatrixCase(MatrixRow row, Presence presence, Answer answer) {

    /** What there may be before an operation. */
    enum Presence {
        ABSENT,
        /** Put a minute ago, to live for nine more. */
        LIVE,
        /** Put ten minutes ago, to live for ten. */
        EXPIRED
    }

    /**
     * What can be seen of an operation.
     *
     * @param result what its caller gets
     * @param events all events of the key, up to and including those of a removal that ends the test
     * @param counts hits, misses, puts, removals, evictions
     * @param writer the calls of the CacheWriter
     * @param loader the calls of the CacheLoader
     * @param policy the questions to the ExpiryPolicy
     * @param after the value afterwards, and how long it lives
     */
    record Seen(
            Object result,
            List<String> events,
            String counts,
            List<String> writer,
            List<String> loader,
            List<String> policy,
            String after) {}

    /** Returns what is to be seen, by the words of the specification. */
    Seen expected() {
        var effect = presence == Presence.LIVE ? row.ofLive() : row.ofAbsent();
        var before = presence == Presence.LIVE ? OLD + " for 9 min" : "none";
        return switch (effect.becoming()) {
            case KEPT -> seen(effect, before, "");
            case TOUCHED -> seen(effect, lifeOf(OLD, "9 min"), "", "access");
            case CREATED, LOADED -> born(effect);
            case UPDATED, RELOADED -> {
                var value = valueOf(effect);
                yield seen(effect, lifeOf(value, "9 min"), "UPDATED k: old -> " + value, "update");
            }
            case REMOVED -> seen(effect, "none", "REMOVED k: old");
            case CLEARED -> seen(effect, "none", "");
            case TOUCHED_THEN_REMOVED ->
                // What expires as it is read is not there any more when it is to be removed.
                answer == Answer.ZERO
                        ? seen(effect, "none", "EXPIRED k: old", "access")
                        : seen(effect, "none", "REMOVED k: old", "access");
        };
    }

    /** "If Duration.ZERO is returned the new Cache.Entry is considered to be already expired and will not be added." */
    private Seen born(MatrixRow.Effect effect) {
        var value = valueOf(effect);
        return answer == Answer.ZERO
                ? seen(effect, "none", "", "creation")
                : seen(effect, lifeOf(value, "ever"), "CREATED k: " + value, "creation");
    }

    private static String valueOf(MatrixRow.Effect effect) {
        boolean isOfLoader = effect.becoming() == Becoming.LOADED || effect.becoming() == Becoming.RELOADED;
        return isOfLoader ? MatrixRow.LOADED : MatrixRow.NEW;
    }

    /** How long a value lives after the policy has spoken; without a usable answer, as long as it would have. */
    private String lifeOf(String value, String unanswered) {
        return value + " for "
                + switch (answer) {
                    case ETERNAL -> "ever";
                    case ZERO -> "0 min";
                    case THREE_MINUTES -> "3 min";
                    case TEN_MINUTES -> "10 min";
                    case NULL, THROWS -> unanswered;
                };
    }

    private Seen seen(MatrixRow.Effect effect, String after, String event, String... policy) {
        boolean isBornExpired = answer == Answer.ZERO
                && (effect.becoming() == Becoming.CREATED || effect.becoming() == Becoming.LOADED);
        return new Seen(
                isBornExpired ? effect.resultBornExpired() : effect.result(),
                events(event, after),
                counts(effect.becoming(), event),
                listOf(effect.writer()),
                listOf(effect.loader()),
                List.of(policy),
                after.endsWith(" 0 min") ? "none" : after);
    }

    /** First what had expired, at last what the final removal finds, a thousand years later. */
    private List<String> events(String event, String after) {
        var events = new ArrayList<String>();
        if (presence == Presence.EXPIRED) {
            events.add("EXPIRED k: old");
        }
        events.addAll(listOf(event));
        if (!after.equals("none")) {
            events.add((after.endsWith(" ever") ? "REMOVED k: " : "EXPIRED k: ") + after.split(" ")[0]);
        }
        return events;
    }

    /** A reading iterator counts hits, but never a miss; a loader's value is no put; what expired is no removal. */
    private String counts(Becoming becoming, String event) {
        boolean isRead = becoming == Becoming.TOUCHED || becoming == Becoming.TOUCHED_THEN_REMOVED;
        boolean isHit = presence == Presence.LIVE && (row.looks() || isRead);
        boolean isMiss = presence != Presence.LIVE && row.looks();
        boolean isPut = !event.isEmpty() && (becoming == Becoming.CREATED || becoming == Becoming.UPDATED);
        boolean isRemoval = event.startsWith("REMOVED");
        return one(isHit) + "h " + one(isMiss) + "m " + one(isPut) + "p " + one(isRemoval) + "r 0e";
    }

    private static int one(boolean isCounted) {
        return isCounted ? 1 : 0;
    }

    private static List<String> listOf(String element) {
        return element.isEmpty() ? List.of() : List.of(element);
    }

    @Override
    public String toString() {
        return row + ", entry " + presence + ", policy says " + answer;
    }
}
