package io.coffer.conformance;

import javax.cache.CacheException;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;

/** An EntryProcessor that carries out the steps of a call and returns what it saw. */
final class EntryProgram implements EntryProcessor<String, Object, String> {

    private final Call call;
    private final World world;

    EntryProgram(Call call, World world) {
        this.call = call;
        this.world = world;
    }

    @Override
    public String process(MutableEntry<String, Object> entry, Object... arguments) {
        StringBuilder seen = new StringBuilder(entry.getKey()).append(arguments.length);
        boolean removed = false;
        int value = call.value();
        for (EntryStep step : call.program()) {
            switch (step) {
                case EXISTS -> seen.append(entry.exists() ? " exists" : " absent");
                case GET_VALUE -> seen.append(' ').append(value(entry, removed));
                case SET_VALUE ->
                    entry.setValue(world.handedOver(world.scenario().storing().value(value++)));
                case REMOVE -> entry.remove();
                case FAIL -> throw new IllegalStateException("scripted");
                case FAIL_AS_CACHE -> throw new CacheException("scripted");
            }
            removed = step == EntryStep.REMOVE || removed && step != EntryStep.SET_VALUE;
        }
        return call.chooses(0) ? null : seen.toString();
    }

    private Object value(MutableEntry<String, Object> entry, boolean removed) {
        boolean spared =
                removed && world.scenario().readsThrough() && world.translates(KnownDifference.VALUE_AFTER_REMOVE);
        return spared ? null : world.handedOver(entry.getValue());
    }
}
