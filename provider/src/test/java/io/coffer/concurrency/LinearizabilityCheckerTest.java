package io.coffer.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The checker accepts what is linearizable and refuses what is not: by hand, and by comparison with trying every order. */
class LinearizabilityCheckerTest {
    private static final KeyModel ETERNAL = new KeyModel(false, 0, false, false);
    private static final KeyModel EVICTING = new KeyModel(true, 0, false, false);
    private static final KeyModel CREATED = new KeyModel(false, 10, false, false);
    private static final KeyModel TOUCHED = new KeyModel(false, 10, true, true);

    static Stream<Arguments> linearizable() {
        return Stream.of(
                history("nothing", ETERNAL),
                history(
                        "one after the other",
                        ETERNAL,
                        put(0, 1, 1),
                        get(2, 3, 1),
                        remove(4, 5, true),
                        get(6, 7, null)),
                history("a put that is under way is seen", ETERNAL, put(0, 9, 1), get(1, 2, 1)),
                history("a put that is under way is not seen yet", ETERNAL, put(0, 9, 1), get(1, 2, null)),
                history("it is not seen, then seen", ETERNAL, put(0, 9, 1), get(1, 2, null), get(3, 4, 1)),
                history("two puts, the later call first", ETERNAL, put(0, 9, 1), put(1, 8, 2), get(10, 11, 1)),
                history("of two, one was first", ETERNAL, putIfAbsent(0, 5, 1, true), putIfAbsent(1, 4, 2, false)),
                history("exchanged in turn", ETERNAL, getAndPut(0, 5, 1, null), getAndPut(1, 4, 2, 1)),
                history("an evicted entry is absent", EVICTING, put(0, 1, 1), get(2, 3, null)),
                history(
                        "live till the deadline",
                        CREATED,
                        put(0, 1, 1),
                        get(2, 3, 1).between(9, 9),
                        get(4, 5, null).between(10, 10)),
                history(
                        "touched",
                        TOUCHED,
                        put(0, 1, 1),
                        get(2, 3, 1).between(9, 9),
                        get(4, 5, 1).between(18, 18)),
                history("loaded", ETERNAL, get(0, 1, 7).loading(7), get(2, 3, 7)),
                history("found nothing to load", ETERNAL, get(0, 1, null), putIfAbsent(2, 3, 1, true)),
                history(
                        "a time that began during the put",
                        CREATED,
                        put(0, 1, 1).between(0, 5),
                        get(2, 3, 1).between(14, 14)),
                history(
                        "a touch that came too late",
                        TOUCHED,
                        put(0, 1, 1),
                        get(2, 5, 1).between(9, 12),
                        remove(3, 4, false).between(12, 12)));
    }

    static Stream<Arguments> notLinearizable() {
        return Stream.of(
                history("a value nobody has put", ETERNAL, get(0, 1, 1)),
                history("a put that is lost", ETERNAL, put(0, 1, 1), get(2, 3, null)),
                history("an old value after a new one", ETERNAL, put(0, 1, 1), put(2, 3, 2), get(4, 5, 1)),
                history(
                        "a new value, then an old one, of puts that overlap both reads",
                        ETERNAL,
                        put(0, 1, 1),
                        put(2, 9, 2),
                        get(3, 4, 2),
                        get(5, 6, 1)),
                history("both were first", ETERNAL, putIfAbsent(0, 5, 1, true), putIfAbsent(1, 4, 2, true)),
                history("both got the same", ETERNAL, put(0, 1, 1), getAndPut(2, 7, 2, 1), getAndPut(3, 6, 3, 1)),
                history("removed twice", ETERNAL, put(0, 1, 1), remove(2, 7, true), remove(3, 6, true)),
                history("an evicted entry comes back", EVICTING, put(0, 1, 1), get(2, 3, null), get(4, 5, 1)),
                history(
                        "seen at the deadline",
                        CREATED,
                        put(0, 1, 1),
                        get(2, 3, 1).between(10, 10)),
                history(
                        "gone before the deadline",
                        CREATED,
                        put(0, 1, 1),
                        get(2, 3, null).between(9, 9)),
                history(
                        "expired, and comes back",
                        CREATED,
                        put(0, 9, 1).between(0, 5),
                        get(10, 11, null).between(12, 12),
                        get(12, 13, 1).between(12, 12)),
                history(
                        "touched without reason",
                        CREATED,
                        put(0, 1, 1),
                        get(2, 3, 1).between(9, 9),
                        get(4, 5, 1).between(18, 18)),
                history(
                        "not touched",
                        TOUCHED,
                        put(0, 1, 1),
                        get(2, 3, 1).between(9, 9),
                        get(4, 5, null).between(18, 18)),
                history(
                        "loaded although it was there",
                        ETERNAL,
                        put(0, 1, 1),
                        get(2, 3, 7).loading(7)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("linearizable")
    void isLinearizable_oneOrderExplainsTheHistory_accepts(String name, KeyModel model, List<Call> calls) {
        assertThat(LinearizabilityChecker.isLinearizable(model, calls)).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notLinearizable")
    void isLinearizable_noOrderExplainsTheHistory_refuses(String name, KeyModel model, List<Call> calls) {
        assertThat(LinearizabilityChecker.isLinearizable(model, calls)).isFalse();
    }

    @Test
    void isLinearizable_randomHistories_agreesWithTryingEveryOrder() {
        long seed = ThreadLocalRandom.current().nextLong();
        var random = new Random(seed);
        int accepted = 0;
        for (int i = 0; i < 4_000; i++) {
            var model = List.of(ETERNAL, EVICTING, CREATED, TOUCHED).get(random.nextInt(4));
            var calls = randomHistory(random);
            boolean expected = everyOrder(model, calls, 0, List.of());

            assertThat(LinearizabilityChecker.isLinearizable(model, calls))
                    .as("seed %d, %s, %s", seed, model, calls)
                    .isEqualTo(expected);
            accepted += expected ? 1 : 0;
        }
        assertThat(accepted).as("accepted of 4,000, seed %d", seed).isBetween(400, 3_600);
    }

    @Test
    void isLinearizable_moreCallsThanBits_refuses() {
        var calls = Collections.nCopies(65, put(0, 1, 1));

        assertThatThrownBy(() -> LinearizabilityChecker.isLinearizable(ETERNAL, calls))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65");
    }

    /** Five calls at random times with random results, most of which are at least thinkable. */
    private static List<Call> randomHistory(Random random) {
        var times = new ArrayList<Integer>();
        for (int i = 0; i < 10; i++) {
            times.add(i);
        }
        Collections.shuffle(times, random);
        var calls = new ArrayList<Call>();
        for (int i = 0; i < 10; i += 2) {
            int began = Math.min(times.get(i), times.get(i + 1));
            int ended = Math.max(times.get(i), times.get(i + 1));
            Integer value = 1 + random.nextInt(2);
            Integer found = random.nextInt(3) == 0 ? null : (Integer) (1 + random.nextInt(2));
            var call = switch (random.nextInt(5)) {
                case 0 -> putIfAbsent(began, ended, value, random.nextBoolean());
                case 1 -> getAndPut(began, ended, value, found);
                case 2 -> remove(began, ended, random.nextBoolean());
                case 3 -> get(began, ended, found);
                default -> put(began, ended, value);
            };
            calls.add(call.between(began * 2L, ended * 2L)); // a life of 10 ms ends within the history
        }
        return calls;
    }

    /** Builds every order that time allows, and tells whether the model explains one. */
    private static boolean everyOrder(KeyModel model, List<Call> calls, int done, List<Call> order) {
        if (order.size() == calls.size()) {
            return explains(model, calls, order);
        }
        for (int i = 0; i < calls.size(); i++) {
            var next = calls.get(i);
            boolean isAllowed = (done >> i & 1) == 0
                    && calls.stream().noneMatch(call -> call.ended() < next.began() && !order.contains(call));
            if (isAllowed && everyOrder(model, calls, done | 1 << i, with(order, next))) {
                return true;
            }
        }
        return false;
    }

    private static boolean explains(KeyModel model, List<Call> calls, List<Call> order) {
        var states = Stream.of(KeyState.ABSENT);
        for (var call : order) {
            boolean isAlone = call.beganMillis() == call.endedMillis()
                    && calls.stream()
                            .allMatch(other ->
                                    other == call || other.ended() < call.began() || other.began() > call.ended());
            states = states.flatMap(state -> model.after(state, call, isAlone).stream());
        }
        return states.findAny().isPresent();
    }

    private static List<Call> with(List<Call> order, Call next) {
        var longer = new ArrayList<>(order);
        longer.add(next);
        return longer;
    }

    private static Arguments history(String name, KeyModel model, Call... calls) {
        return Arguments.of(name, model, List.of(calls));
    }

    private static Call put(long began, long ended, Integer value) {
        return call(Call.Kind.PUT, began, ended, value, null);
    }

    private static Call get(long began, long ended, Integer result) {
        return call(Call.Kind.GET, began, ended, null, result);
    }

    private static Call getAndPut(long began, long ended, Integer value, Integer result) {
        return call(Call.Kind.GET_AND_PUT, began, ended, value, result);
    }

    private static Call putIfAbsent(long began, long ended, Integer value, boolean result) {
        return call(Call.Kind.PUT_IF_ABSENT, began, ended, value, result);
    }

    private static Call remove(long began, long ended, boolean result) {
        return call(Call.Kind.REMOVE, began, ended, null, result);
    }

    private static Call call(Call.Kind kind, long began, long ended, Integer argument, Object result) {
        return new Call("any", kind, 0, argument, null, result, null, began, ended, 0, 0);
    }
}
