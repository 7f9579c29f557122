package io.coffer.spi;

import static io.coffer.spi.StoreUnderTest.bytes;
import static io.coffer.spi.StoreUnderTest.scanned;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Promise 8: arrays given are read before the call returns and never changed; arrays returned belong to the caller. */
interface Promise8Arrays extends StoreUnderTest {
    @Test
    default void write_arraysChangedAfterwards_storesWhatWasGiven() {
        var key = bytes("a");
        var value = bytes("value");
        StoreUnderTest.notLost(() -> store().write(key, EntryStore.ANY, value, EntryStore.ETERNAL));

        Arrays.fill(key, (byte) 'x');
        Arrays.fill(value, (byte) 'x');

        expect("a", "value");
        expectAbsent("x");
        reopen();
        expect("a", "value");
    }

    @Test
    default void writeAll_arraysChangedAfterwards_storesWhatWasGiven() {
        var key = bytes("a");
        var value = bytes("value");
        putAll(
                new StoreWrite(key, EntryStore.ANY, value, EntryStore.ETERNAL),
                StoreUnderTest.write("b", EntryStore.ANY, "2"));

        Arrays.fill(key, (byte) 'x');
        Arrays.fill(value, (byte) 'x');

        expect("a", "value");
        expect("b", "2");
        reopen();
        expect("a", "value");
    }

    @Test
    default void call_arraysGiven_areNotChanged() {
        var key = bytes("a");
        var value = bytes("value");

        StoreUnderTest.notLost(() -> store().write(key, EntryStore.ANY, value, EntryStore.ETERNAL));
        store().writeAll(List.of(new StoreWrite(key, EntryStore.ANY, value, EntryStore.ETERNAL)));
        store().find(key);
        store().read(key);
        store().touch(key, state("a").stamp(), EntryStore.ETERNAL);
        store().remove(key, EntryStore.ANY);
        store().invalidate(key);

        assertThat(key).isEqualTo(bytes("a"));
        assertThat(value).isEqualTo(bytes("value"));
    }

    @Test
    default void read_arraysChangedByTheCaller_changesNothing() {
        put("a", "value");
        var read = entry("a");
        var scanned = scanned(store()).get("a");

        Arrays.fill(read.key(), (byte) 'x');
        Arrays.fill(read.value(), (byte) 'x');
        Arrays.fill(scanned.key(), (byte) 'y');
        Arrays.fill(scanned.value(), (byte) 'y');

        expect("a", "value");
    }
}
