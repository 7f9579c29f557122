package io.coffer.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.coffer.jcache.CacheFixture;
import io.coffer.testing.CallbackListener;
import io.coffer.testing.CapturedLog;
import io.coffer.testing.RecordingListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryListener;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.event.EventType;
import javax.cache.expiry.CreatedExpiryPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a listener hears of, and what an event says. */
class EventContentTest {
    private static final String KEY = "the key";
    private static final String VALUE = "a value";

    private final CacheFixture fixture = new CacheFixture();
    private final CapturedLog log = new CapturedLog();
    private final Cache<String, String> cache = fixture.create(
            "c",
            CacheFixture.<String, String>configuration()
                    .setExpiryPolicyFactory(
                            CreatedExpiryPolicy.factoryOf(new javax.cache.expiry.Duration(TimeUnit.MINUTES, 1))));
    private final List<String> heard = new ArrayList<>();
    private final List<CacheEntryEvent<? extends String, ? extends String>> events = new ArrayList<>();

    @AfterEach
    void close() {
        log.close();
        fixture.close();
    }

    /** Makes one event of each type. */
    private void createUpdateRemoveExpire() {
        cache.put(KEY, VALUE);
        cache.put(KEY, "another value");
        cache.remove(KEY);
        cache.put(KEY, "the last value");
        fixture.clock().advance(Duration.ofMinutes(1));
        assertThat(cache.get(KEY)).isNull();
    }

    private CacheEntryListener<String, String> listenerOnlyOf(EventType type) {
        return switch (type) {
            case CREATED -> (CacheEntryCreatedListener<String, String>) this::hear;
            case UPDATED -> (CacheEntryUpdatedListener<String, String>) this::hear;
            case REMOVED -> (CacheEntryRemovedListener<String, String>) this::hear;
            case EXPIRED -> (CacheEntryExpiredListener<String, String>) this::hear;
        };
    }

    private void hear(Iterable<CacheEntryEvent<? extends String, ? extends String>> told) {
        told.forEach(event -> heard.add(event.getEventType() + " " + event.getValue()));
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void listener_ofOneInterface_hearsOnlyItsType(EventType type) {
        var listener = listenerOnlyOf(type);
        cache.registerCacheEntryListener(
                new MutableCacheEntryListenerConfiguration<>(() -> listener, null, true, true));

        createUpdateRemoveExpire();

        assertThat(heard).isNotEmpty().allMatch(line -> line.startsWith(type.name()));
        assertThat(heard).hasSize(type == EventType.CREATED ? 2 : 1);
    }

    @Test
    void filter_refuses_listenerHearsTheRestOnly() {
        CacheEntryEventFilter<String, String> filter = event -> event.getEventType() != EventType.UPDATED;
        var listener = register(() -> filter);

        createUpdateRemoveExpire();

        assertThat(listener.drain())
                .containsExactly(
                        "CREATED the key: a value",
                        "REMOVED the key: another value",
                        "CREATED the key: the last value",
                        "EXPIRED the key: the last value");
    }

    @Test
    void filter_throws_entryIsStoredListenerHearsNothingOthersDo() {
        CacheEntryEventFilter<String, String> filter = event -> {
            throw new IllegalStateException("the filter's");
        };
        var filtered = register(() -> filter);
        var other = CacheFixture.listen(cache);

        cache.put(KEY, VALUE);

        assertThat(cache.get(KEY)).isEqualTo(VALUE);
        assertThat(filtered.drain()).isEmpty();
        assertThat(other.drain()).containsExactly("CREATED the key: a value");
        assertThat(log.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning)
                        .contains(filter.getClass().getName())
                        .doesNotContain(KEY)
                        .doesNotContain(VALUE));
    }

    private RecordingListener<String, String> register(
            Factory<CacheEntryEventFilter<? super String, ? super String>> filterFactory) {
        var listener = new RecordingListener<String, String>();
        cache.registerCacheEntryListener(
                new MutableCacheEntryListenerConfiguration<>(() -> listener, filterFactory, true, true));
        return listener;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oldValue_ofEachType_isThereUnlessCreated(boolean isRequired) {
        var callback = CallbackListener.<String, String>synchronous(events::add);
        cache.registerCacheEntryListener(callback.setOldValueRequired(isRequired));

        createUpdateRemoveExpire();

        assertThat(events)
                .extracting(
                        CacheEntryEvent::getEventType,
                        CacheEntryEvent::isOldValueAvailable,
                        CacheEntryEvent::getOldValue,
                        CacheEntryEvent::getValue)
                .containsExactly(
                        tuple(EventType.CREATED, false, null, VALUE),
                        tuple(EventType.UPDATED, true, VALUE, "another value"),
                        tuple(EventType.REMOVED, true, "another value", "another value"),
                        tuple(EventType.CREATED, false, null, "the last value"),
                        tuple(EventType.EXPIRED, true, "the last value", "the last value"));
    }

    @Test
    void event_ofAnyType_namesItsCacheAndKeepsItsContentToItself() {
        cache.registerCacheEntryListener(CallbackListener.synchronous(events::add));

        createUpdateRemoveExpire();

        assertThat(events).hasSize(5).allSatisfy(event -> {
            assertThat((Object) event.getSource()).isSameAs(cache);
            assertThat(event.getKey()).isEqualTo(KEY);
            assertThat(event.toString()).contains(event.getEventType().name()).doesNotContain(KEY, VALUE, "value");
        });
    }

    @Test
    void unwrap_ofAnotherClass_namesBoth() {
        cache.registerCacheEntryListener(CallbackListener.synchronous(events::add));
        cache.put(KEY, VALUE);
        var event = events.get(0);

        assertThat(event.unwrap(CacheEntryEvent.class)).isSameAs(event);
        assertThatThrownBy(() -> event.unwrap(Map.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("An event cannot be unwrapped to java.util.Map. Expected:"
                        + " javax.cache.event.CacheEntryEvent, or what it extends");
    }

    @Test
    void listener_changesWhatItIsGiven_cacheKeepsItsOwn() {
        Cache<ArrayList<String>, ArrayList<String>> lists = fixture.create("lists", CacheFixture.configuration());
        lists.registerCacheEntryListener(CallbackListener.synchronous(event -> {
            event.getKey().clear();
            event.getValue().clear();
            if (event.isOldValueAvailable()) {
                assertThat(event.getOldValue()).containsExactly("first");
                event.getOldValue().clear();
            }
        }));
        var key = new ArrayList<>(List.of("key"));

        lists.put(key, new ArrayList<>(List.of("first")));
        assertThat(lists.get(key)).containsExactly("first");
        lists.put(key, new ArrayList<>(List.of("second")));

        assertThat(key).containsExactly("key");
        assertThat(lists.get(key)).containsExactly("second");
    }
}
