package io.coffer.tier;

/** When the wheel shall look at an entry: at the latest at its deadline. */
final class Timer<K, V> extends Chain.Link<Timer<K, V>> {
    final Entry<K, V> entry;
    final TimerStripe<K, V> stripe;
    long tick; // written under the entry's lock and the stripe's; who reads it without either only risks a look too
    // many
    boolean armed; // in the wheel, or just taken out as due and not yet seen to; guarded by the entry's lock

    Timer(Entry<K, V> entry, TimerStripe<K, V> stripe) {
        this.entry = entry;
        this.stripe = stripe;
    }
}
