package io.coffer.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.jcache.CacheFixture;
import io.coffer.testing.CallbackListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.MutableEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What callers of {@code invoke} and {@code invokeAll} get, and what a processor sees of its own doing. */
class ProcessorResultTest {
    private final CacheFixture fixture = new CacheFixture();
    private final Cache<String, Object> cache = fixture.create("c", CacheFixture.configuration());

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void invoke_processorThrows_isWrappedAndChangesNothing() {
        cache.put("k", "old");
        var failure = new IllegalStateException("the processor's");
        var listener = CacheFixture.listen(cache);

        assertThatThrownBy(() -> cache.invoke("k", (entry, arguments) -> {
                    entry.setValue("new");
                    throw failure;
                }))
                .isInstanceOf(EntryProcessorException.class)
                .hasCause(failure);

        assertThat(cache.get("k")).isEqualTo("old");
        assertThat(listener.drain()).isEmpty();
        assertThat(fixture.counts("c")).as("the hit is the test's own").isEqualTo("1h 0m 1p 0r 0e");
    }

    @Test
    void invoke_processorThrowsItsOwnException_reachesTheCallerAsItIs() {
        var own = new EntryProcessorException("own");

        assertThatThrownBy(() -> cache.invoke("k", (entry, arguments) -> {
                    throw own;
                }))
                .isSameAs(own);
    }

    @Test
    void invoke_processorThrowsError_reachesTheCallerAndUnlocks() {
        var error = new AssertionError("the processor's");

        assertThatThrownBy(() -> cache.invoke("k", (entry, arguments) -> {
                    throw error;
                }))
                .isSameAs(error);

        assertThat(cache.putIfAbsent("k", "free again")).isTrue();
    }

    @Test
    void invoke_valueCannotBeEncodedOrIsNull_isTheProcessorsFailure() {
        cache.put("k", "old");

        assertThatThrownBy(() -> cache.invoke("k", (entry, arguments) -> set(entry, new Object())))
                .isInstanceOf(EntryProcessorException.class)
                .hasCauseInstanceOf(CacheException.class);
        assertThatThrownBy(() -> cache.invoke("k", (entry, arguments) -> set(entry, null)))
                .isInstanceOf(EntryProcessorException.class)
                .hasCauseInstanceOf(NullPointerException.class);

        assertThat(cache.get("k")).isEqualTo("old");
    }

    private static Void set(MutableEntry<String, Object> entry, Object value) {
        entry.setValue(value);
        return null;
    }

    @Test
    void invoke_listenerFails_changeStandsAndListenersExceptionIsThrown() {
        cache.registerCacheEntryListener(CallbackListener.synchronous(event -> {
            throw new IllegalStateException("the listener's");
        }));

        assertThatThrownBy(() -> cache.invoke("k", (entry, arguments) -> set(entry, "new")))
                .isInstanceOf(CacheEntryListenerException.class);

        assertThat(cache.get("k")).isEqualTo("new");
    }

    @Test
    void invokeAll_someFail_othersAreDone() {
        cache.putAll(Map.of("a", "1", "b", "2", "c", "3"));

        var results = cache.invokeAll(
                Set.of("a", "b", "c", "d"),
                (entry, arguments) -> {
                    if (entry.getKey().equals("b")) {
                        throw new IllegalStateException("not b");
                    }
                    var before = entry.getValue();
                    entry.setValue(arguments[0]);
                    return before;
                },
                "new");

        assertThat(results).containsOnlyKeys("a", "b", "c"); // d gave null
        assertThat(results.get("a").get()).isEqualTo("1");
        assertThat(results.get("c").get()).isEqualTo("3");
        assertThatThrownBy(results.get("b")::get)
                .isInstanceOf(EntryProcessorException.class)
                .hasRootCauseMessage("not b");
        assertThat(cache.getAll(Set.of("a", "b", "c", "d")))
                .isEqualTo(Map.of("a", "new", "b", "2", "c", "new", "d", "new"));
    }

    @Test
    void invokeAll_noKeysOrNulls_areCheckedBeforeAnythingIsDone() {
        var called = new ArrayList<String>();
        EntryProcessor<String, Object, Void> processor = (entry, arguments) -> {
            called.add(entry.getKey());
            return null;
        };

        assertThat(cache.invokeAll(Set.of(), processor)).isEmpty();
        assertThatThrownBy(() -> cache.invokeAll(Set.of(), null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> cache.invokeAll(new HashSet<>(Arrays.asList("a", null)), processor))
                .isInstanceOf(NullPointerException.class);

        assertThat(called).isEmpty();
    }

    @Test
    void entry_afterEachStep_showsWhatWasDone() {
        cache.put("k", "old");

        List<Object> seen = cache.invoke("k", (entry, arguments) -> {
            var steps = new ArrayList<Object>();
            steps.add(entry.getKey() + entry.exists() + entry.getValue());
            entry.setValue("new");
            steps.add(entry.getKey() + entry.exists() + entry.getValue());
            entry.remove();
            steps.add(entry.getKey() + entry.exists() + entry.getValue());
            entry.setValue("newer");
            steps.add(entry.getKey() + entry.exists() + entry.getValue());
            return steps;
        });

        assertThat(seen).containsExactly("ktrueold", "ktruenew", "kfalsenull", "ktruenewer");
        assertThat(cache.get("k")).isEqualTo("newer");
    }

    /** A processor that changes the object it got without setting it has changed nothing (store by value). */
    @Test
    void entry_valueChangedButNotSet_cacheKeepsItsOwn() {
        cache.put("k", new ArrayList<>(List.of("old")));

        cache.invoke("k", (entry, arguments) -> {
            asList(entry.getValue()).add("changed");
            assertThat(asList(entry.getValue())).as("the same object each time").containsExactly("old", "changed");
            return null;
        });

        assertThat(asList(cache.get("k"))).containsExactly("old");
    }

    /** What a processor sets is taken as it is at that moment. */
    @Test
    void entry_valueChangedAfterItWasSet_cacheHasWhatWasSet() {
        cache.invoke("k", (entry, arguments) -> {
            var value = new ArrayList<>(List.of("set"));
            entry.setValue(value);
            value.add("too late");
            return null;
        });

        assertThat(asList(cache.get("k"))).containsExactly("set");
    }

    @SuppressWarnings("unchecked")
    private static List<String> asList(Object value) {
        return (List<String>) value;
    }

    @Test
    void unwrap_ofAnotherClass_namesIt() {
        assertThatThrownBy(() -> cache.invoke("k", (entry, arguments) -> entry.unwrap(Map.class)))
                .isInstanceOf(EntryProcessorException.class)
                .cause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The entry of a processor cannot be unwrapped to java.util.Map. Expected:"
                        + " javax.cache.processor.MutableEntry, or what it extends");
        assertThat(cache.<Boolean>invoke("k", (entry, arguments) -> entry.unwrap(MutableEntry.class) == entry))
                .isTrue();
    }
}
