package io.coffer.clients;

import jakarta.persistence.AttributeConverter;

/** An amount of money, the type of an attribute; neither Serializable nor a record, whose objects Hibernate caches as they are. */
final class Price {
    private final long cents;

    Price(long cents) {
        this.cents = cents;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Price price && price.cents == cents;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(cents);
    }

    /** Keeps a price in a column as its number of cents. */
    static final class Converter implements AttributeConverter<Price, Long> {
        @Override
        public Long convertToDatabaseColumn(Price price) {
            return price == null ? null : price.cents;
        }

        @Override
        public Price convertToEntityAttribute(Long cents) {
            return cents == null ? null : new Price(cents);
        }
    }
}
