package io.coffer.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.operation.MatrixCase.Presence;
import io.coffer.operation.ScriptedPolicy.Answer;
import io.coffer.testing.CapturedLog;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operation, on an absent, a live and an expired entry, with every kind of answer of the ExpiryPolicy, does what the
 * tables of the specification say: result, events, statistics, callbacks, and what is in the cache afterwards.
 *
 * <p>What is expected comes from {@link MatrixRows} and {@link MatrixCase}, which know nothing of the code that is tested.
 */
class OperationMatrixTest {
    private static final List<Answer> ANSWERS =
            List.of(Answer.ETERNAL, Answer.ZERO, Answer.THREE_MINUTES, Answer.NULL, Answer.THROWS);

    static List<MatrixCase> cases() {
        var cases = new ArrayList<MatrixCase>();
        for (var row : MatrixRows.all()) {
            for (var presence : Presence.values()) {
                for (var answer : ANSWERS) {
                    cases.add(new MatrixCase(row, presence, answer));
                }
            }
        }
        return cases;
    }

    private final CapturedLog log = new CapturedLog(); // a policy that fails is worth a warning, but not here

    @AfterEach
    void closeLog() {
        log.close();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void operation_inEveryCase_doesWhatTheTablesSay(MatrixCase tested) throws Exception {
        try (var run = new MatrixRun(tested)) {
            assertThat(run.run()).isEqualTo(tested.expected());
        }
    }
}
