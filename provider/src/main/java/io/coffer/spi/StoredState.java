package io.coffer.spi;

/**
 * What a store says of an entry without reading its value.
 *
 * @param stamp which version it is, more than 0; never the same for two versions of one key that a caller could confuse
 * @param expiresAtMillis its deadline in milliseconds since 1970 by the store's clock, or {@link EntryStore#ETERNAL}
 */
public record StoredState(long stamp, long expiresAtMillis) {}
