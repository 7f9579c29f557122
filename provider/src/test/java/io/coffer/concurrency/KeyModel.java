package io.coffer.concurrency;

import java.util.ArrayList;
import java.util.List;

/**
 * What JSR-107 promises for the operations on one key, if they happen one after the other.
 *
 * @param evicts whether an entry may vanish at any time for want of room
 * @param liveMillis how long an entry lives; 0 for ever
 * @param isTouchedByUpdate whether that time begins anew with a new value
 * @param isTouchedByAccess whether it begins anew when the value is read
 */
record KeyModel(boolean evicts, long liveMillis, boolean isTouchedByUpdate, boolean isTouchedByAccess) {

    /**
     * Returns the states in which the key may be after a call with this outcome; none if it cannot have had it.
     *
     * @param isAlone whether no other call on the key, and no passing of time, overlaps this one
     */
    List<KeyState> after(KeyState state, Call call, boolean isAlone) {
        var possible = new ArrayList<KeyState>();
        if (state.isPresent() && call.beganMillis() < state.deadlineTo()) {
            var alive = state.aliveAt(call.beganMillis());
            var after = present(alive, call);
            add(possible, after);
            if (after != null && call.kind() == Call.Kind.GET && !isAlone) {
                // A reader waits for nobody: what changes the entry between its look and its touch makes the touch
                // void.
                add(possible, alive);
            }
        }
        if (!state.isPresent() || evicts) {
            add(possible, absent(call));
        }
        if (state.isPresent() && call.endedMillis() >= state.deadlineFrom()) {
            add(possible, expired(state, call));
        }
        return possible;
    }

    private static void add(List<KeyState> possible, KeyState state) {
        if (state != null) {
            possible.add(state);
        }
    }

    /*
     * An operation under way that has found the entry alive goes on with it, though its deadline passes before it is done,
     * and may then begin a new time. A reader who comes in between sees the entry expired, and does not end it thereby.
     */
    private KeyState expired(KeyState state, Call call) {
        boolean takesNoLock = call.kind() == Call.Kind.CONTAINS_KEY
                || call.kind() == Call.Kind.GET
                || call.kind() == Call.Kind.REMOVE_ALL; // passes by what it sees expired
        var after = absent(call);
        boolean mayBegin = isTouchedByUpdate || isTouchedByAccess;
        return after == KeyState.ABSENT && mayBegin && takesNoLock ? state : after;
    }

    /** Returns the state after a call that has met a live value, or null if its result says otherwise. */
    private KeyState present(KeyState state, Call call) {
        var value = state.value();
        boolean meetsExpectation = value.equals(call.expected());
        return switch (call.kind()) {
            case GET -> call.loaded() == null && call.returned(value) ? accessed(state, call) : null;
            case CONTAINS_KEY -> call.returned(true) ? state : null;
            case PUT -> updated(state, call.argument(), call);
            case GET_AND_PUT, GET_AND_REPLACE -> call.returned(value) ? updated(state, call.argument(), call) : null;
            case PUT_IF_ABSENT -> call.returned(false) ? state : null;
            case REPLACE -> call.returned(true) ? updated(state, call.argument(), call) : null;
            case REPLACE_IF -> {
                var after = meetsExpectation ? updated(state, call.argument(), call) : accessed(state, call);
                yield call.returned(meetsExpectation) ? after : null;
            }
            case REMOVE, TAKE_AWAY -> call.returned(true) ? KeyState.ABSENT : null;
            case REMOVE_IF -> {
                var after = meetsExpectation ? KeyState.ABSENT : accessed(state, call);
                yield call.returned(meetsExpectation) ? after : null;
            }
            case GET_AND_REMOVE -> call.returned(value) ? KeyState.ABSENT : null;
            case INCREMENT -> call.loaded() == null && call.returned(value) ? updated(state, value + 1, call) : null;
            case SET -> call.returned(true) ? updated(state, call.argument(), call) : null;
            case CLEAR, REMOVE_ALL -> KeyState.ABSENT;
        };
    }

    /** Returns the state after a call that has met nothing, or null if its result says otherwise. */
    private KeyState absent(Call call) {
        return switch (call.kind()) {
            case GET -> call.returned(call.loaded()) ? created(call.loaded(), call) : null;
            case PUT -> created(call.argument(), call);
            case GET_AND_PUT -> call.returned(null) ? created(call.argument(), call) : null;
            case PUT_IF_ABSENT -> call.returned(true) ? created(call.argument(), call) : null;
            case CONTAINS_KEY, REPLACE, REPLACE_IF, REMOVE, REMOVE_IF, TAKE_AWAY ->
                call.returned(false) ? KeyState.ABSENT : null;
            case GET_AND_REPLACE, GET_AND_REMOVE -> call.returned(null) ? KeyState.ABSENT : null;
            case INCREMENT ->
                call.returned(call.loaded())
                        ? created(call.loaded() == null ? call.argument() : call.loaded() + 1, call)
                        : null;
            case SET -> call.returned(false) ? created(call.argument(), call) : null;
            case CLEAR, REMOVE_ALL -> KeyState.ABSENT;
        };
    }

    private KeyState created(Integer value, Call call) {
        return value == null ? KeyState.ABSENT : begun(value, call);
    }

    private KeyState updated(KeyState state, Integer value, Call call) {
        return isTouchedByUpdate ? begun(value, call) : state.withValue(value);
    }

    private KeyState accessed(KeyState state, Call call) {
        return isTouchedByAccess ? begun(state.value(), call) : state;
    }

    private KeyState begun(Integer value, Call call) {
        return liveMillis == 0
                ? new KeyState(value, Long.MAX_VALUE, Long.MAX_VALUE)
                : new KeyState(value, call.beganMillis() + liveMillis, call.endedMillis() + liveMillis);
    }
}
