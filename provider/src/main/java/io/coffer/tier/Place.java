package io.coffer.tier;

/** Where an entry stands in the queues of the eviction policy, and what it weighs. Guarded by the policy's lock. */
final class Place<K, V> extends Chain.Link<Place<K, V>> {
    final Entry<K, V> entry;
    final int hash; // of the key, asked for once: its hashCode is user code
    boolean isYoung = true; // belongs into the small queue
    long weight; // written under the entry's lock and the policy's, so either suffices to read it

    Place(Entry<K, V> entry) {
        this.entry = entry;
        this.hash = entry.key().hashCode();
    }
}
