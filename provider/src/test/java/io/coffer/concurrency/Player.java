package io.coffer.concurrency;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import javax.cache.Cache;
import javax.cache.processor.MutableEntry;

/** Plays the part of one thread: random calls, each written down. For one thread, but for {@link #takeCalls}. */
final class Player {
    private static final int VALUES_PER_CALL = 100; // room for increments, so that every value tells its origin

    private final String name;
    private final List<Call.Kind> kinds;
    private final int number;
    private final Cache<TurbulentKey, Amount> cache;
    private final NotedLoader loader;
    private final AtomicLong moments;
    private final LongSupplier clock;
    private List<Call> calls = new ArrayList<>();
    private Integer lastSeen; // what a conditional operation expects: it would seldom guess right otherwise

    /**
     * Makes a player.
     *
     * @param number different for each player
     * @param kinds what it may call
     * @param moments gives every call its place in time
     */
    Player(
            int number,
            List<Call.Kind> kinds,
            Cache<TurbulentKey, Amount> cache,
            NotedLoader loader,
            AtomicLong moments,
            LongSupplier clock) {
        this.kinds = kinds;
        this.name = "player-" + number;
        this.number = number;
        this.cache = cache;
        this.loader = loader;
        this.moments = moments;
        this.clock = clock;
    }

    /** Makes some calls, all on the first key or on any of them. */
    void play(Random random, int count, int keys) {
        int among = 1 + random.nextInt(keys);
        for (int i = 1; i <= count; i++) {
            int argument = (number * count + i) * VALUES_PER_CALL;
            int key = random.nextInt(among);
            var call = play(kinds.get(random.nextInt(kinds.size())), key, argument);
            calls.add(call);
            for (int other = 0; call.kind().isOfAll() && other < keys; other++) {
                if (other != key) {
                    calls.add(call.on(other));
                }
            }
        }
    }

    private Call play(Call.Kind kind, int keyNumber, int argument) {
        var key = new TurbulentKey(keyNumber);
        var expected = lastSeen == null ? argument : lastSeen;
        boolean expects = kind == Call.Kind.REPLACE_IF || kind == Call.Kind.REMOVE_IF;
        loader.takeNote();
        long beganMillis = clock.getAsLong();
        long began = moments.getAndIncrement();
        var result = call(kind, key, Amount.of(argument), Amount.of(expected));
        long ended = moments.getAndIncrement();
        long endedMillis = clock.getAsLong();
        lastSeen = result instanceof Integer seen ? seen : Boolean.TRUE.equals(result) ? (Integer) argument : lastSeen;
        return new Call(
                name,
                kind,
                keyNumber,
                argument,
                expects ? expected : null,
                result,
                loader.takeNote(),
                began,
                ended,
                beganMillis,
                endedMillis);
    }

    private Object call(Call.Kind kind, TurbulentKey key, Amount value, Amount expected) {
        return switch (kind) {
            case GET -> Amount.numberOf(cache.get(key));
            case CONTAINS_KEY -> cache.containsKey(key);
            case PUT -> {
                cache.put(key, value);
                yield null;
            }
            case GET_AND_PUT -> Amount.numberOf(cache.getAndPut(key, value));
            case PUT_IF_ABSENT -> cache.putIfAbsent(key, value);
            case REPLACE -> cache.replace(key, value);
            case REPLACE_IF -> cache.replace(key, expected, value);
            case GET_AND_REPLACE -> Amount.numberOf(cache.getAndReplace(key, value));
            case REMOVE -> cache.remove(key);
            case REMOVE_IF -> cache.remove(key, expected);
            case GET_AND_REMOVE -> Amount.numberOf(cache.getAndRemove(key));
            case INCREMENT -> cache.invoke(key, (entry, arguments) -> increment(entry, value));
            case SET ->
                cache.invoke(key, (entry, arguments) -> {
                    boolean existed = entry.exists();
                    entry.setValue(value);
                    return existed;
                });
            case CLEAR -> {
                cache.clear();
                yield null;
            }
            case REMOVE_ALL -> {
                cache.removeAll();
                yield null;
            }
            case TAKE_AWAY ->
                cache.invoke(key, (entry, arguments) -> {
                    boolean existed = entry.exists();
                    entry.remove();
                    return existed;
                });
        };
    }

    private static Integer increment(MutableEntry<TurbulentKey, Amount> entry, Amount otherwise) {
        var seen = Amount.numberOf(entry.getValue());
        Turbulence.pass();
        entry.setValue(seen == null ? otherwise : Amount.of(seen + 1));
        return seen;
    }

    /** Hands over what was written down, while the player rests. */
    List<Call> takeCalls() {
        var taken = calls;
        calls = new ArrayList<>();
        lastSeen = null;
        return taken;
    }
}
