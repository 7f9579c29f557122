package io.coffer.concurrency;

import io.coffer.spi.Codec;
import java.nio.ByteBuffer;

/** A value that lets other threads run while it is compared. Not a record: by value, it is stored as bytes. */
final class Amount {
    static final Codec<Amount> CODEC = new AmountCodec();

    private final int number;

    Amount(int number) {
        this.number = number;
    }

    static Amount of(Integer number) {
        return new Amount(number);
    }

    /** Returns the number, or null of nothing. */
    static Integer numberOf(Amount amount) {
        return amount == null ? null : amount.number;
    }

    @Override
    public boolean equals(Object other) {
        Turbulence.pass();
        return other instanceof Amount amount && amount.number == number;
    }

    @Override
    public int hashCode() {
        return number;
    }

    @Override
    public String toString() {
        return Integer.toString(number);
    }

    /** Four bytes, and time for other threads on the way in and out. */
    private static final class AmountCodec implements Codec<Amount> {

        @Override
        public byte[] encode(Amount value) {
            Turbulence.pass();
            return ByteBuffer.allocate(Integer.BYTES).putInt(value.number).array();
        }

        @Override
        public Amount decode(byte[] bytes, ClassLoader loader) {
            Turbulence.pass();
            return new Amount(ByteBuffer.wrap(bytes).getInt());
        }
    }
}
