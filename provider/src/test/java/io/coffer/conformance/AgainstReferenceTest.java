package io.coffer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.jcache.CacheFixture;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Coffer does what the reference implementation does, but for the {@link KnownDifference}s.
 *
 * <p>Three system properties make a longer run, or a shorter one that repeats a failure: {@code conformance.seeds},
 * {@code conformance.firstSeed} and {@code conformance.calls}, which is per seed and scenario.
 */
class AgainstReferenceTest {

    private static final int SEEDS = Integer.getInteger("conformance.seeds", 3);
    private static final long FIRST_SEED = Long.getLong("conformance.firstSeed", 1);
    private static final int CALLS = Integer.getInteger("conformance.calls", 600);

    /** Enough calls a scenario to meet every known difference and every fault. */
    private static final int CALLS_OF_A_LOOK = 200;

    private static final long SEED_OF_A_LOOK = 0;
    private static final Set<KnownDifference> ALL_KNOWN = EnumSet.allOf(KnownDifference.class);
    private static final Set<KnownDifference> NONE_KNOWN = EnumSet.noneOf(KnownDifference.class);
    /** What a caller changes in an object stored by reference is not seen in a store. */
    private static final List<Scenario> SCENARIOS = Scenario.all().stream()
            .filter(scenario -> !CacheFixture.isStored() || scenario.storing() != Storing.CELL_BY_REFERENCE)
            .toList();

    private static Contenders contenders;

    @BeforeAll
    static void open() {
        contenders = new Contenders();
    }

    @AfterAll
    static void close() {
        contenders.close();
    }

    static LongStream seeds() {
        return LongStream.range(FIRST_SEED, FIRST_SEED + SEEDS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void randomCalls_everyScenario_agreeButForKnownDifferences(long seed) {
        for (Scenario scenario : SCENARIOS) {
            duel(contenders.coffer(), scenario, seed, CALLS, ALL_KNOWN);
        }
    }

    @Test
    void knownDifferences_shortRun_allOccur() {
        Set<KnownDifference> seen = EnumSet.noneOf(KnownDifference.class);
        for (Scenario scenario : SCENARIOS) {
            seen.addAll(duel(contenders.coffer(), scenario, SEED_OF_A_LOOK, CALLS_OF_A_LOOK, ALL_KNOWN));
        }

        assertThat(seen).as("those missing are to be deleted").containsExactlyInAnyOrderElementsOf(ALL_KNOWN);
    }

    @Test
    void reference_againstItself_agreesWithoutException() {
        for (Scenario scenario : SCENARIOS) {
            duel(contenders.referenceAsSubject(), scenario, SEED_OF_A_LOOK, CALLS_OF_A_LOOK, NONE_KNOWN);
        }
    }

    /** Says something only if the same calls agree without the fault: knownDifferences_shortRun_allOccur shows that. */
    @ParameterizedTest
    @EnumSource(Fault.class)
    void fault_inCoffer_isNoticed(Fault fault) {
        Contender faulty = contenders.coffer().disturbedBy(fault);

        assertThat(SCENARIOS).anyMatch(scenario -> disagree(faulty, scenario));
    }

    private static boolean disagree(Contender subject, Scenario scenario) {
        try {
            duel(subject, scenario, SEED_OF_A_LOOK, CALLS_OF_A_LOOK, ALL_KNOWN);
            return false;
        } catch (Disagreement expected) {
            return true;
        }
    }

    private static Set<KnownDifference> duel(
            Contender subject, Scenario scenario, long seed, int calls, Set<KnownDifference> accepted) {
        try (Duel duel = new Duel(contenders.reference(), subject, scenario, seed, accepted)) {
            return duel.run(calls);
        }
    }
}
