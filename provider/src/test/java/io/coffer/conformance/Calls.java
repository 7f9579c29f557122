package io.coffer.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The endless sequence of random calls that belongs to a seed. */
final class Calls {

    private static final List<String> KEYS = List.of("a", "b", "c", "d");
    private static final int WEIGHTS =
            Arrays.stream(Verb.values()).mapToInt(Verb::weight).sum();
    private static final int PROGRAM_STEPS_MAX = 4;

    /** One call in so many gets a null argument. */
    private static final int NULL_RARITY = 100;

    private final Random random;
    private int index;

    Calls(long seed) {
        this.random = new Random(seed);
    }

    Call next() {
        Verb verb = verb();
        List<EntryStep> program = verb.runsProcessor() ? program() : List.of();
        return new Call(index++, verb, keys(verb.keys()), value(), value(), program, random.nextInt(256));
    }

    private Verb verb() {
        int draw = random.nextInt(WEIGHTS);
        for (Verb verb : Verb.values()) {
            draw -= verb.weight();
            if (draw < 0) {
                return verb;
            }
        }
        throw new AssertionError("weights do not add up");
    }

    private List<String> keys(Verb.Keys keys) {
        return switch (keys) {
            case NONE -> List.of();
            case ONE -> Collections.singletonList(random.nextInt(NULL_RARITY) == 0 ? null : key());
            case SEVERAL -> severalKeys();
        };
    }

    private List<String> severalKeys() {
        List<String> several = new ArrayList<>(KEYS);
        Collections.shuffle(several, random);
        several.subList(random.nextInt(KEYS.size() + 1), several.size()).clear();
        if (random.nextInt(NULL_RARITY) == 0) {
            several.add(random.nextInt(several.size() + 1), null);
        }
        return Collections.unmodifiableList(several);
    }

    private String key() {
        return KEYS.get(random.nextInt(KEYS.size()));
    }

    private int value() {
        return random.nextInt(NULL_RARITY) == 0 ? Storing.NULL : random.nextInt(Storing.VALUES);
    }

    private List<EntryStep> program() {
        List<EntryStep> program = new ArrayList<>();
        for (int steps = random.nextInt(PROGRAM_STEPS_MAX + 1); steps > 0; steps--) {
            program.add(step());
        }
        return List.copyOf(program);
    }

    private EntryStep step() {
        int draw = random.nextInt(20);
        if (draw < 4) {
            return EntryStep.EXISTS;
        } else if (draw < 9) {
            return EntryStep.GET_VALUE;
        } else if (draw < 14) {
            return EntryStep.SET_VALUE;
        } else if (draw < 18) {
            return EntryStep.REMOVE;
        }
        return draw == 18 ? EntryStep.FAIL : EntryStep.FAIL_AS_CACHE;
    }
}
