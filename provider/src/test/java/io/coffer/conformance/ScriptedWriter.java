package io.coffer.conformance;

import java.util.Collection;
import java.util.TreeMap;
import java.util.function.Function;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;

/** A CacheWriter that writes, fails, or fails half-way through a batch, by the script. */
final class ScriptedWriter implements CacheWriter<String, Object> {

    private final World world;

    ScriptedWriter(World world) {
        this.world = world;
    }

    @Override
    public void write(Cache.Entry<? extends String, ?> entry) {
        TreeMap<String, String> written = new TreeMap<>();
        written.put(entry.getKey(), String.valueOf(entry.getValue()));
        one("write", entry.getKey(), written);
    }

    @Override
    public void delete(Object key) {
        TreeMap<String, String> deleted = new TreeMap<>();
        deleted.put((String) key, "");
        one("delete", (String) key, deleted);
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends String, ?>> entries) {
        TreeMap<String, String> written = new TreeMap<>();
        entries.forEach(entry -> written.put(entry.getKey(), String.valueOf(entry.getValue())));
        batch("writeAll", entries, Cache.Entry::getKey, written);
    }

    @Override
    public void deleteAll(Collection<?> keys) {
        TreeMap<String, String> deleted = new TreeMap<>();
        keys.forEach(key -> deleted.put((String) key, ""));
        batch("deleteAll", keys, key -> (String) key, deleted);
    }

    private void one(String method, String key, TreeMap<String, String> entries) {
        if (world.journal().isOpen()) {
            world.journal().add(new Write(method, entries));
            if (world.script().writeFails(world.journal().index(), key)) {
                throw failure();
            }
        }
    }

    private <T> void batch(
            String method, Collection<T> batch, Function<T, String> keyOf, TreeMap<String, String> entries) {
        if (!world.journal().isOpen()) {
            batch.clear();
            return;
        }
        world.journal().add(new Write(method, entries));
        int index = world.journal().index();
        if (world.script().batchFails(index)) {
            batch.removeIf(item -> world.script().wroteBeforeFailure(index, keyOf.apply(item)));
            throw failure();
        }
        leaveResidue(batch, keyOf, index);
    }

    private <T> void leaveResidue(Collection<T> batch, Function<T, String> keyOf, int index) {
        int before = batch.size();
        switch (world.script().residue(index)) {
            case NOTHING -> batch.clear();
            case EVERYTHING -> {}
            case SOMETHING -> batch.removeIf(item -> world.script().wroteBeforeFailure(index, keyOf.apply(item)));
        }
        if (before > 0 && !batch.isEmpty() && world.translates(KnownDifference.RESIDUE_OF_A_WRITTEN_BATCH)) {
            batch.clear();
        }
    }

    private RuntimeException failure() {
        return world.script().failsInTheTermsOfTheSpecification(world.journal().index())
                ? new CacheWriterException("scripted")
                : new IllegalStateException("scripted");
    }
}
