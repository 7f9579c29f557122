package io.coffer.operation;

import static io.coffer.operation.MatrixRow.Becoming.CLEARED;
import static io.coffer.operation.MatrixRow.Becoming.CREATED;
import static io.coffer.operation.MatrixRow.Becoming.KEPT;
import static io.coffer.operation.MatrixRow.Becoming.REMOVED;
import static io.coffer.operation.MatrixRow.Becoming.TOUCHED;
import static io.coffer.operation.MatrixRow.Becoming.TOUCHED_THEN_REMOVED;
import static io.coffer.operation.MatrixRow.Becoming.UPDATED;
import static io.coffer.operation.MatrixRow.Effect.of;
import static io.coffer.operation.MatrixRow.KEY;
import static io.coffer.operation.MatrixRow.LOADED;
import static io.coffer.operation.MatrixRow.NEW;
import static io.coffer.operation.MatrixRow.OLD;

import io.coffer.operation.MatrixRow.Becoming;
import io.coffer.operation.MatrixRow.Effect;
import io.coffer.operation.MatrixRow.MatrixCall;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.integration.CompletionListenerFuture;
import javax.cache.processor.MutableEntry;

/** The tables of JSR-107: every operation, and what it is to do. */
final class MatrixRows {
    private static final String NOTHING = "nothing";
    private static final String OTHER = "other";

    /** What a call of {@code void} gives to be compared. */
    private static final String DONE = "done";

    private static final String WRITE = "write k=new";
    private static final String DELETE = "delete k";

    private MatrixRows() {}

    static List<MatrixRow> all() {
        return List.of(
                // one key
                blind("put", done(c -> c.put(KEY, NEW)), created(DONE), updated(DONE)),
                looking("getAndPut", c -> c.getAndPut(KEY, NEW), created(null), updated(OLD)),
                looking(
                        "putIfAbsent",
                        c -> c.putIfAbsent(KEY, NEW),
                        created(true).orBornExpired(false),
                        of(KEPT, false)),
                looking("replace", c -> c.replace(KEY, NEW), of(KEPT, false), updated(true)),
                looking("replace matching", c -> c.replace(KEY, OLD, NEW), of(KEPT, false), updated(true)),
                looking("replace other", c -> c.replace(KEY, OTHER, NEW), of(KEPT, false), of(TOUCHED, false)),
                looking("getAndReplace", c -> c.getAndReplace(KEY, NEW), of(KEPT, null), updated(OLD)),
                blind("remove", c -> c.remove(KEY), of(KEPT, false).writing(DELETE), removed(true)),
                looking("remove matching", c -> c.remove(KEY, OLD), of(KEPT, false), removed(true)),
                looking("remove other", c -> c.remove(KEY, OTHER), of(KEPT, false), of(TOUCHED, false)),
                looking("getAndRemove", c -> c.getAndRemove(KEY), of(KEPT, null).writing(DELETE), removed(OLD)),
                blind("containsKey", c -> c.containsKey(KEY), of(KEPT, false), of(KEPT, true)),
                looking("get", c -> c.get(KEY), of(KEPT, null), of(TOUCHED, OLD)),
                readThrough("get loading", c -> c.get(KEY), loaded(LOADED, null, "load k"), of(TOUCHED, OLD)),
                // many keys
                blind("putAll", done(c -> c.putAll(Map.of(KEY, NEW))), bulkWritten(CREATED), bulkWritten(UPDATED)),
                blind(
                        "removeAll of keys",
                        done(c -> c.removeAll(Set.of(KEY))),
                        bulkDeleted(KEPT),
                        bulkDeleted(REMOVED)),
                blind("removeAll", done(Cache::removeAll), of(KEPT, DONE), bulkDeleted(REMOVED)),
                blind("clear", done(Cache::clear), of(KEPT, DONE), of(CLEARED, DONE)),
                looking("getAll", c -> c.getAll(Set.of(KEY)), of(KEPT, Map.of()), of(TOUCHED, Map.of(KEY, OLD))),
                readThrough(
                        "getAll loading",
                        c -> c.getAll(Set.of(KEY)),
                        loaded(Map.of(KEY, LOADED), Map.of(), "loadAll [k]"),
                        of(TOUCHED, Map.of(KEY, OLD))),
                blind("loadAll", c -> loadAll(c, false), loaded(DONE, DONE, "loadAll [k]"), of(KEPT, DONE)),
                blind(
                        "loadAll replacing",
                        c -> loadAll(c, true),
                        loaded(DONE, DONE, "loadAll [k]"),
                        of(Becoming.RELOADED, DONE).loading("loadAll [k]")),
                iterating("iterator.next", c -> iterate(c, false), of(TOUCHED, OLD)),
                iterating(
                        "iterator.remove",
                        c -> iterate(c, true),
                        of(TOUCHED_THEN_REMOVED, OLD).writing(DELETE)),
                // entry processors
                looking("invoke nothing", invoke(e -> {}), of(KEPT, DONE), of(KEPT, DONE)),
                looking("invoke exists", c -> c.invoke(KEY, (e, a) -> e.exists()), of(KEPT, false), of(KEPT, true)),
                looking("invoke get", c -> c.invoke(KEY, (e, a) -> e.getValue()), of(KEPT, null), of(TOUCHED, OLD)),
                readThrough(
                        "invoke get loading",
                        c -> c.invoke(KEY, (e, a) -> e.getValue()),
                        loaded(LOADED, LOADED, "load k"),
                        of(TOUCHED, OLD)),
                looking("invoke set", invoke(e -> e.setValue(NEW)), created(DONE), updated(DONE)),
                looking("invoke get, set", invoke(MatrixRows::getThenSet), created(DONE), updated(DONE)),
                looking(
                        "invoke remove",
                        invoke(MutableEntry::remove),
                        of(KEPT, DONE).writing(DELETE),
                        removed(DONE)),
                looking("invoke set, remove", invoke(MatrixRows::setThenRemove), of(KEPT, DONE), removed(DONE)),
                looking("invoke remove, set", invoke(MatrixRows::removeThenSet), created(DONE), updated(DONE)),
                readThrough(
                        "invoke get, remove loading",
                        invoke(MatrixRows::getThenRemove),
                        of(KEPT, DONE).loading("load k"),
                        removed(DONE)));
    }

    private static MatrixRow blind(String name, MatrixCall call, Effect ofAbsent, Effect ofLive) {
        return new MatrixRow(name, call, false, false, ofAbsent, ofLive);
    }

    private static MatrixRow looking(String name, MatrixCall call, Effect ofAbsent, Effect ofLive) {
        return new MatrixRow(name, call, false, true, ofAbsent, ofLive);
    }

    private static MatrixRow readThrough(String name, MatrixCall call, Effect ofAbsent, Effect ofLive) {
        return new MatrixRow(name, call, true, true, ofAbsent, ofLive);
    }

    /** An iterator that meets no live entry looks nothing up, and so counts no miss. */
    private static MatrixRow iterating(String name, MatrixCall call, Effect ofLive) {
        return new MatrixRow(name, call, false, false, of(KEPT, NOTHING), ofLive);
    }

    private static Effect created(Object result) {
        return of(CREATED, result).writing(WRITE);
    }

    private static Effect updated(Object result) {
        return of(UPDATED, result).writing(WRITE);
    }

    private static Effect removed(Object result) {
        return of(REMOVED, result).writing(DELETE);
    }

    private static Effect loaded(Object result, Object resultBornExpired, String loader) {
        return of(Becoming.LOADED, result).orBornExpired(resultBornExpired).loading(loader);
    }

    private static Effect bulkWritten(Becoming becoming) {
        return of(becoming, DONE).writing("writeAll [k=new]");
    }

    private static Effect bulkDeleted(Becoming becoming) {
        return of(becoming, DONE).writing("deleteAll [k]");
    }

    private static MatrixCall done(Consumer<Cache<String, String>> call) {
        return cache -> {
            call.accept(cache);
            return DONE;
        };
    }

    private static MatrixCall invoke(Consumer<MutableEntry<String, String>> processor) {
        return cache -> cache.invoke(KEY, (entry, arguments) -> {
            processor.accept(entry);
            return DONE;
        });
    }

    private static void getThenSet(MutableEntry<String, String> entry) {
        if (!NEW.equals(entry.getValue())) {
            entry.setValue(NEW);
        }
    }

    private static void setThenRemove(MutableEntry<String, String> entry) {
        entry.setValue(NEW);
        entry.remove();
    }

    private static void removeThenSet(MutableEntry<String, String> entry) {
        entry.remove();
        entry.setValue(NEW);
    }

    private static void getThenRemove(MutableEntry<String, String> entry) {
        if (entry.getValue() != null) {
            entry.remove();
        }
    }

    private static String loadAll(Cache<String, String> cache, boolean replaceExisting) throws Exception {
        var completion = new CompletionListenerFuture();
        cache.loadAll(Set.of(KEY), replaceExisting, completion);
        completion.get(120, TimeUnit.SECONDS);
        return DONE;
    }

    private static String iterate(Cache<String, String> cache, boolean isRemoving) {
        var entries = cache.iterator();
        if (!entries.hasNext()) {
            return NOTHING;
        }
        var value = entries.next().getValue();
        if (isRemoving) {
            entries.remove();
        }
        return value;
    }
}
