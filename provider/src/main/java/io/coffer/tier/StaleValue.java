package io.coffer.tier;

/** A value beyond its deadline, served for a moment because the CacheLoader failed. No access makes it live longer. */
final class StaleValue<V> extends Expirable<V> {
    private final Expirable<V> expired;

    StaleValue(Expirable<V> expired, long expiresAtMillis) {
        super(expiresAtMillis);
        this.expired = expired;
    }

    @Override
    public boolean isStale() {
        return true;
    }

    @Override
    public V value() {
        return expired.value();
    }

    @Override
    long size() {
        return expired.size();
    }

    @Override
    Expirable<V> with(long deadline) {
        return new StaleValue<>(expired, Math.min(deadline, expiresAtMillis()));
    }

    @Override
    Object content() {
        return expired.content();
    }
}
