package io.coffer.jcache;

import static io.coffer.jcache.Refusal.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.CofferConfiguration;
import io.coffer.testing.MemoryOnly;
import io.coffer.testing.RecordingListener;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.MutableConfiguration;
import org.ehcache.fake.FakeConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a cache says to null, to objects of a wrong class, and to what it cannot store: always what, why, and what to do. */
class BadInputTest {
    private final CacheFixture fixture = new CacheFixture();
    private final Cache<String, String> cache =
            fixture.create("orders", new CofferConfiguration<String, String>().setTypes(String.class, String.class));

    @AfterEach
    void close() {
        fixture.close();
    }

    /** A caller to whom the compiler says nothing, as code that came to its cache by an unchecked cast. */
    @SuppressWarnings("unchecked")
    private Cache<Object, Object> unchecked() {
        return (Cache<Object, Object>) (Cache<?, ?>) cache;
    }

    private static Arguments call(String expected, Consumer<Cache<String, String>> call) {
        return Arguments.of(expected, call);
    }

    static Stream<Arguments> nulls() {
        var keys = new HashSet<>(Arrays.asList(SECRET, null));
        var nullKey = new HashMap<String, String>();
        nullKey.put(null, SECRET);
        var nullValue = new HashMap<String, String>();
        nullValue.put(SECRET, null);
        return Stream.of(
                call("key == null; cache \"orders\" takes no nulls", c -> c.get(null)),
                call("key == null; cache \"orders\" takes no nulls", c -> c.containsKey(null)),
                call("key == null; cache \"orders\" takes no nulls", c -> c.put(null, SECRET)),
                call("value == null; cache \"orders\" takes no nulls", c -> c.put(SECRET, null)),
                call("key == null; cache \"orders\" takes no nulls", c -> c.getAndPut(null, SECRET)),
                call("value == null; cache \"orders\" takes no nulls", c -> c.getAndPut(SECRET, null)),
                call("key == null; cache \"orders\" takes no nulls", c -> c.putIfAbsent(null, SECRET)),
                call("value == null; cache \"orders\" takes no nulls", c -> c.putIfAbsent(SECRET, null)),
                call("key == null; cache \"orders\" takes no nulls", c -> c.replace(null, SECRET)),
                call("value == null; cache \"orders\" takes no nulls", c -> c.replace(SECRET, null)),
                call("key == null; cache \"orders\" takes no nulls", c -> c.replace(null, SECRET, SECRET)),
                call("oldValue == null; cache \"orders\" takes no nulls", c -> c.replace(SECRET, null, SECRET)),
                call("value == null; cache \"orders\" takes no nulls", c -> c.replace(SECRET, SECRET, null)),
                call("key == null; cache \"orders\" takes no nulls", c -> c.getAndReplace(null, SECRET)),
                call("value == null; cache \"orders\" takes no nulls", c -> c.getAndReplace(SECRET, null)),
                call("key == null; cache \"orders\" takes no nulls", c -> c.remove(null)),
                call("key == null; cache \"orders\" takes no nulls", c -> c.remove(null, SECRET)),
                call("oldValue == null; cache \"orders\" takes no nulls", c -> c.remove(SECRET, null)),
                call("key == null; cache \"orders\" takes no nulls", c -> c.getAndRemove(null)),
                call("keys == null", c -> c.getAll(null)),
                call("key == null; cache \"orders\" takes no nulls", c -> c.getAll(keys)),
                call("keys == null", c -> c.removeAll(null)),
                call("key == null; cache \"orders\" takes no nulls", c -> c.removeAll(keys)),
                call("map == null", c -> c.putAll(null)),
                call("key == null; cache \"orders\" takes no nulls", c -> c.putAll(nullKey)),
                call("value == null; cache \"orders\" takes no nulls", c -> c.putAll(nullValue)),
                call("keys == null", c -> c.loadAll(null, true, null)),
                call("key == null; cache \"orders\" takes no nulls", c -> c.loadAll(keys, true, null)),
                call("key == null; cache \"orders\" takes no nulls", c -> c.invoke(null, (entry, arguments) -> null)),
                call("entryProcessor == null", c -> c.invoke(SECRET, null)),
                call("keys == null", c -> c.invokeAll(null, (entry, arguments) -> null)),
                call(
                        "key == null; cache \"orders\" takes no nulls",
                        c -> c.invokeAll(keys, (entry, arguments) -> null)),
                call("entryProcessor == null", c -> c.invokeAll(Set.of(SECRET), null)),
                call("listener == null", c -> c.registerCacheEntryListener(null)),
                call("listener == null", c -> c.deregisterCacheEntryListener(null)));
    }

    @ParameterizedTest(name = "{index} {0}")
    @MethodSource("nulls")
    void null_anywhere_isNamedAndNothingIsChanged(String expected, Consumer<Cache<String, String>> call) {
        cache.put("there", SECRET);

        Refusal.of(() -> call.accept(cache)).is(NullPointerException.class).says(expected);

        assertThat(cache).hasSize(1);
        assertThat(cache.get("there")).isEqualTo(SECRET);
    }

    /** An object of another class than the cache was created for, whose text must not be in the message. */
    private record Alien(String name) implements Serializable {}

    static Stream<Arguments> aliens() {
        var alien = new Alien(SECRET);
        return Stream.of(
                alien("key", c -> c.get(alien)),
                alien("key", c -> c.containsKey(alien)),
                alien("key", c -> c.put(alien, SECRET)),
                alien("value", c -> c.put(SECRET, alien)),
                alien("value", c -> c.getAndPut(SECRET, alien)),
                alien("value", c -> c.putIfAbsent(SECRET, alien)),
                alien("value", c -> c.replace(SECRET, alien)),
                alien("oldValue", c -> c.replace(SECRET, alien, SECRET)),
                alien("value", c -> c.replace(SECRET, SECRET, alien)),
                alien("value", c -> c.getAndReplace(SECRET, alien)),
                alien("key", c -> c.remove(alien)),
                alien("oldValue", c -> c.remove(SECRET, alien)),
                alien("key", c -> c.getAndRemove(alien)),
                alien("key", c -> c.getAll(Set.of(alien))),
                alien("key", c -> c.removeAll(Set.of(alien))),
                alien("value", c -> c.putAll(Map.of(SECRET, alien))),
                alien("key", c -> c.putAll(Map.of(alien, SECRET))),
                alien("key", c -> c.loadAll(Set.of(alien), false, null)),
                alien("key", c -> c.invoke(alien, (entry, arguments) -> null)),
                alien("key", c -> c.invokeAll(Set.of(alien), (entry, arguments) -> null)));
    }

    private static Arguments alien(String argument, Consumer<Cache<Object, Object>> call) {
        return Arguments.of(argument, call);
    }

    @ParameterizedTest(name = "{index} {0}")
    @MethodSource("aliens")
    void wrongClass_anywhere_messageNamesArgumentCacheAndBothClasses(
            String argument, Consumer<Cache<Object, Object>> call) {
        cache.put("there", SECRET);

        Refusal.of(() -> call.accept(unchecked()))
                .is(ClassCastException.class)
                .says("\"orders\"", "the " + argument + " is a ", Alien.class.getName(), "java.lang.String");

        assertThat(cache).hasSize(1);
    }

    /** Not Serializable, and not a record, since one of immutable parts is kept as it is. */
    private static final class Plain {
        private final String name;

        Plain(String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Serializable, if what it holds is. */
    private record Holder(Object held) implements Serializable {}

    /** Fails while it is being written. */
    private static final class Explosive implements Serializable {
        private static final long serialVersionUID = 1L;

        private void writeObject(ObjectOutputStream out) throws IOException {
            throw new IOException("not now");
        }
    }

    @Test
    void put_valueIsNotSerializable_messageNamesItsClassAndTheRemedies() {
        Cache<String, Object> any = fixture.create("any", new MutableConfiguration<>());

        Refusal.of(() -> any.put(SECRET, new Plain(SECRET)))
                .is(CacheException.class)
                .says(Plain.class.getName(), "does not implement java.io.Serializable", "setCodec", "setStoreByValue");

        assertThat(any.containsKey(SECRET)).isFalse();
    }

    @Test
    void put_nestedValueIsNotSerializable_messageNamesBothClasses() {
        Cache<String, Object> any = fixture.create("any", new MutableConfiguration<>());

        Refusal.of(() -> any.put(SECRET, new Holder(List.of(new Plain(SECRET)))))
                .is(CacheException.class)
                .says(Holder.class.getName(), Plain.class.getName(), "setCodec");
    }

    @Test
    void put_serializationFails_messageNamesTheClass() {
        Cache<String, Object> any = fixture.create("any", new MutableConfiguration<>());

        Refusal.of(() -> any.put(SECRET, new Explosive()))
                .is(CacheException.class)
                .says(Explosive.class.getName(), "cannot be stored by value");
    }

    @Test
    void put_keyIsNotSerializable_messageNamesItsClassAndTheRemedyForKeys() {
        Cache<Object, String> any = fixture.create("any", new MutableConfiguration<>());

        Refusal.of(() -> any.put(new Plain(SECRET), SECRET))
                .is(CacheException.class)
                .says(Plain.class.getName(), "does not implement java.io.Serializable", "setKeyCodec");

        assertThat(any).isEmpty();
    }

    @Test
    @MemoryOnly("a store needs bytes of what is stored by reference, too")
    void put_notSerializableByReference_isStored() {
        Cache<String, Object> any =
                fixture.create("any", new MutableConfiguration<String, Object>().setStoreByValue(false));
        var plain = new Plain(SECRET);

        any.put("k", plain);

        assertThat(any.get("k")).isSameAs(plain);
    }

    @Test
    void getConfiguration_ofForeignClass_messageNamesBothAndWhatToAskFor() {
        Refusal.of(() -> unchecked().getConfiguration(foreign()))
                .is(IllegalArgumentException.class)
                .says(
                        "\"orders\"",
                        CofferConfiguration.class.getName(),
                        FakeConfiguration.class.getName(),
                        CompleteConfiguration.class.getName());
    }

    @SuppressWarnings("unchecked")
    private static Class<FakeConfiguration<Object, Object>> foreign() {
        return (Class<FakeConfiguration<Object, Object>>) (Class<?>) FakeConfiguration.class;
    }

    @Test
    void unwrap_ofForeignClass_saysWhatItCanBe() {
        Refusal.of(() -> cache.unwrap(CacheManager.class))
                .is(IllegalArgumentException.class)
                .says(
                        "Cache \"orders\" cannot be unwrapped to javax.cache.CacheManager. Expected: io.coffer.CofferCache,"
                                + " or what it extends");
        Refusal.of(() -> fixture.manager().unwrap(Cache.class))
                .is(IllegalArgumentException.class)
                .says(
                        fixture.manager().getURI().toString(),
                        " cannot be unwrapped to javax.cache.Cache. Expected: javax.cache.CacheManager, or what it extends");
    }

    @Test
    void iterator_misused_messageSaysWhatWasExpected() {
        var entries = cache.iterator();

        Refusal.of(entries::remove).is(IllegalStateException.class).says("next()");
        Refusal.of(entries::next).is(NoSuchElementException.class).says("no more entries");

        cache.put("k", SECRET);
        var again = cache.iterator();
        again.next();
        again.remove();
        Refusal.of(again::remove).is(IllegalStateException.class).says("next()");
    }

    @Test
    void register_twice_messageNamesTheCache() {
        var configuration = new RecordingListener<String, String>().configuration(true);
        cache.registerCacheEntryListener(configuration);

        Refusal.of(() -> cache.registerCacheEntryListener(configuration))
                .is(IllegalArgumentException.class)
                .says("\"orders\"", "registered already");
    }
}
