package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainFramingTest {
    private static final int SALT = 0x5EED_5A17;
    private static final int BYTES_MAX = 1_000_000;
    private static final byte[] KEY = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    private static final byte[] VALUE = {-1, 0, 1};
    private static final int LENGTH = LogFormat.RECORD_HEADER_BYTES + KEY.length + VALUE.length;

    private final RecordFraming framing = new PlainFraming(SALT, BYTES_MAX);

    private byte[] put(long offset) {
        var buffer = ByteBuffer.allocate(LENGTH);
        framing.write(buffer, 0, offset, RecordType.PUT, false, 7, 9, KEY, VALUE);
        return buffer.array();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void read_whatWasWritten_saysTheSame(boolean direct) {
        var buffer = (direct ? ByteBuffer.allocateDirect(200) : ByteBuffer.allocate(200)).order(ByteOrder.BIG_ENDIAN);
        buffer.position(5).limit(150);

        int checksum = framing.write(buffer, 11, 4_711, RecordType.PUT, true, 1L << 47, 123_456_789_012L, KEY, VALUE);
        var record = framing.read(buffer, 11, LENGTH, 4_711);

        assertThat(buffer.position()).isEqualTo(5);
        assertThat(buffer.limit()).isEqualTo(150);
        assertThat(record).isNotNull();
        assertThat(record.type()).isEqualTo(RecordType.PUT);
        assertThat(record.shadow()).isTrue();
        assertThat(record.sequence()).isEqualTo(1L << 47);
        assertThat(record.expiresAtMillis()).isEqualTo(123_456_789_012L);
        assertThat(record.checksum()).isEqualTo(checksum);
        assertThat(record.frameBytes()).isEqualTo(LENGTH).isEqualTo(framing.frameBytes(KEY.length, VALUE.length));
        assertThat(record.key()).isEqualTo(KEY);
        assertThat(record.value()).isEqualTo(VALUE);
        assertThat(record.hasKey(KEY)).isTrue();
        assertThat(record).hasToString("PUT #140737488355328, 38 bytes");
    }

    @Test
    void hasKey_anotherKey_isFalse() {
        var record = framing.read(ByteBuffer.wrap(put(64)), 0, LENGTH, 64);
        assertThat(record).isNotNull();

        for (int i = 0; i < KEY.length; i++) {
            var other = KEY.clone();
            other[i] ^= 1;
            assertThat(record.hasKey(other)).as("byte %d", i).isFalse();
            assertThat(record.hasKey(Arrays.copyOf(KEY, i)))
                    .as("first %d bytes", i)
                    .isFalse();
        }
        assertThat(record.hasKey(Arrays.copyOf(KEY, KEY.length + 1))).isFalse();
    }

    @Test
    void read_everyOtherOffsetNearby_isRefused() {
        var bytes = ByteBuffer.wrap(put(100_000));

        for (int offset = 0; offset < 200_000; offset++) {
            assertThat(framing.read(bytes, 0, LENGTH, offset) != null)
                    .as("offset %d", offset)
                    .isEqualTo(offset == 100_000);
        }
    }

    @Test
    void read_otherSalts_areRefused() {
        var random = new Random(1);
        var bytes = ByteBuffer.wrap(put(100_000));

        for (int i = 0; i < 100_000; i++) {
            int salt = i < Integer.SIZE ? SALT ^ (1 << i) : random.nextInt();
            assertThat(new PlainFraming(salt, BYTES_MAX).read(bytes, 0, LENGTH, 100_000))
                    .as("salt %d", salt)
                    .isNull();
        }
    }

    @Test
    void read_anyBitFlipped_isRefused() {
        var bytes = put(64);

        for (int bit = 0; bit < bytes.length * 8; bit++) {
            var flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(framing.read(ByteBuffer.wrap(flipped), 0, LENGTH, 64))
                    .as("bit %d", bit)
                    .isNull();
        }
    }

    @Test
    void read_fewerBytesThanTheRecordHas_isRefused() {
        var bytes = ByteBuffer.wrap(put(64));

        for (int length = 0; length < LENGTH; length++) {
            assertThat(framing.read(bytes, 0, length, 64))
                    .as("%d bytes", length)
                    .isNull();
        }
    }

    @Test
    void frameBytes_lengthsBeyondWhatIsLeftOrAllowed_areNone() {
        var header = ByteBuffer.wrap(put(64));
        assertThat(framing.frameBytes(header, 0, LENGTH)).isEqualTo(LENGTH);
        assertThat(framing.frameBytes(header, 0, LENGTH - 1)).isEqualTo(-1);
        assertThat(framing.frameBytes(header, 0, 0)).isEqualTo(-1);

        int valueBytesMax = BYTES_MAX - LogFormat.RECORD_HEADER_BYTES - KEY.length;
        LittleEndian.putInt(header, 8, valueBytesMax);
        assertThat(framing.frameBytes(header, 0, Long.MAX_VALUE)).isEqualTo(BYTES_MAX);
        LittleEndian.putInt(header, 8, valueBytesMax + 1);
        assertThat(framing.frameBytes(header, 0, Long.MAX_VALUE)).isEqualTo(-1);
        LittleEndian.putInt(header, 8, -1);
        assertThat(framing.frameBytes(header, 0, Long.MAX_VALUE)).isEqualTo(-1);
    }

    @Test
    void frameBytes_typesAndFlags_areNoneUnlessKnown() {
        for (int type = 0; type < 256; type++) {
            for (int flags = 0; flags < 256; flags++) {
                var header = ByteBuffer.wrap(put(64));
                header.put(4, (byte) type).put(5, (byte) flags);
                assertThat(framing.frameBytes(header, 0, LENGTH) > 0)
                        .as("type %d, flags %d", type, flags)
                        .isEqualTo(type == 1 && flags <= 1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void write_lengthsThatTheTypeDoesNotHave_isRefused(RecordType type) {
        var buffer = ByteBuffer.allocate(200);
        for (var key : new byte[][] {{}, KEY}) {
            for (int valueBytes : new int[] {0, 3, 8, 32}) {
                for (boolean shadow : new boolean[] {false, true}) {
                    boolean allowed = switch (type) {
                        case PUT -> true;
                        case REMOVE, TOUCH -> valueBytes == 0 && !shadow;
                        case CLEAR -> key.length == 0 && valueBytes == 0 && !shadow;
                        case SYNC -> key.length == 0 && valueBytes == 8 && !shadow;
                        case FOOTER -> key.length == 0 && valueBytes == 32 && !shadow;
                    };
                    if (allowed) {
                        framing.write(buffer, 0, 64, type, shadow, 1, 1, key, new byte[valueBytes]);
                        assertThat(framing.read(buffer, 0, 200, 64)).isNotNull();
                    } else {
                        assertThatIllegalArgumentException()
                                .isThrownBy(() ->
                                        framing.write(buffer, 0, 64, type, shadow, 1, 1, key, new byte[valueBytes]))
                                .withMessageContaining("No " + type + " has a key of " + key.length + " bytes");
                    }
                }
            }
        }
    }

    @Test
    void requireFits_tooLong_saysWhatIsAllowed() {
        framing.requireFits(
                LogFormat.KEY_BYTES_MAX, BYTES_MAX - LogFormat.RECORD_HEADER_BYTES - LogFormat.KEY_BYTES_MAX);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> framing.requireFits(65_536, 0))
                .withMessage("The key has 65536 bytes; at most 65535 can be stored");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> framing.requireFits(10, BYTES_MAX - 33))
                .withMessage("The entry needs 1000001 bytes; maxRecordBytes is 1000000");
        assertThatIllegalArgumentException().isThrownBy(() -> framing.requireFits(10, Integer.MAX_VALUE));
    }

    @Test
    void write_longestKey_isReadBack() {
        var key = new byte[LogFormat.KEY_BYTES_MAX];
        new Random(2).nextBytes(key);
        var buffer = ByteBuffer.allocate(LogFormat.RECORD_HEADER_BYTES + key.length);

        framing.write(buffer, 0, 64, RecordType.REMOVE, false, 1, 1, key, Samples.NOTHING);
        var record = framing.read(buffer, 0, buffer.limit(), 64);

        assertThat(record).isNotNull();
        assertThat(record.hasKey(key)).isTrue();
        assertThat(record.key()).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, LogFormat.U48_MAX})
    void write_sequenceWithinLimits_isReadBack(long sequence) {
        var buffer = ByteBuffer.allocate(100);
        framing.write(buffer, 0, 64, RecordType.PUT, false, sequence, 9, KEY, VALUE);
        var record = framing.read(buffer, 0, 100, 64);

        assertThat(record).isNotNull();
        assertThat(record.sequence()).isEqualTo(sequence);
        assertThat(record.expiresAtMillis()).isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, LogFormat.U48_MAX + 1, Long.MAX_VALUE, Long.MIN_VALUE})
    void write_sequenceBeyondLimits_isRefused(long sequence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        framing.write(ByteBuffer.allocate(100), 0, 64, RecordType.PUT, false, sequence, 9, KEY, VALUE))
                .withMessage("sequence must be from 0 to 281474976710655, found " + sequence);
    }

    @Test
    void write_deadlines_areNeverLaterThanAsked() {
        expectDeadline(LogFormat.ETERNAL, LogFormat.ETERNAL);
        expectDeadline(LogFormat.ETERNAL - 1, LogFormat.U48_MAX - 1);
        expectDeadline(LogFormat.U48_MAX, LogFormat.U48_MAX - 1);
        expectDeadline(LogFormat.U48_MAX - 1, LogFormat.U48_MAX - 1);
        expectDeadline(1_893_456_000_123L, 1_893_456_000_123L);
        expectDeadline(0, 0);
        expectDeadline(-1, 0);
        expectDeadline(Long.MIN_VALUE, 0);
    }

    private void expectDeadline(long asked, long read) {
        var buffer = ByteBuffer.allocate(100);
        framing.write(buffer, 0, 64, RecordType.PUT, false, LogFormat.U48_MAX, asked, KEY, VALUE);
        var record = framing.read(buffer, 0, 100, 64);

        assertThat(record).isNotNull();
        assertThat(record.expiresAtMillis()).as("asked for %d", asked).isEqualTo(read);
        assertThat(record.sequence()).isEqualTo(LogFormat.U48_MAX);
    }

    @Test
    void copy_recordOfAnotherSegment_saysTheSameAtItsNewPlace() {
        var record = framing.read(ByteBuffer.wrap(put(64)), 0, LENGTH, 64);
        assertThat(record).isNotNull();
        var other = new PlainFraming(~SALT, BYTES_MAX);
        var buffer = ByteBuffer.allocateDirect(100);

        other.copy(buffer, 3, 128, record, true, LogFormat.ETERNAL);
        var copy = other.read(buffer, 3, LENGTH, 128);

        assertThat(copy).isNotNull();
        assertThat(Samples.Said.of(copy, 0))
                .isEqualTo(new Samples.Said(
                        RecordType.PUT,
                        true,
                        7,
                        LogFormat.ETERNAL,
                        0,
                        Samples.Said.of(record, 0).key(),
                        Samples.Said.of(record, 0).value()));
        assertThat(framing.read(buffer, 3, LENGTH, 128)).isNull();
    }

    @Test
    void write_manyRecords_allocatesNothing() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var buffers = new ByteBuffer[] {ByteBuffer.allocate(100), ByteBuffer.allocateDirect(100)};
        long before = 0;
        for (int i = 0; i < 60_000; i++) {
            if (i == 40_000) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            framing.write(buffers[i % 2], 0, i, RecordType.PUT, false, i, i, KEY, VALUE);
        }

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(20_000);
    }
}
