package io.coffer.management;

import javax.cache.management.CacheStatisticsMXBean;

/** Shows the counters through JMX. Percentages are 0 before the first lookup, times in microseconds, sampled. */
final class StatisticsBean implements CacheStatisticsMXBean {
    private static final float PERCENT = 100;

    private final CacheStatistics statistics;

    StatisticsBean(CacheStatistics statistics) {
        this.statistics = statistics;
    }

    @Override
    public void clear() {
        statistics.clear();
    }

    @Override
    public long getCacheHits() {
        return statistics.hits();
    }

    @Override
    public float getCacheHitPercentage() {
        return percentage(statistics.hits());
    }

    @Override
    public long getCacheMisses() {
        return statistics.misses();
    }

    @Override
    public float getCacheMissPercentage() {
        return percentage(statistics.misses());
    }

    @Override
    public long getCacheGets() {
        return statistics.hits() + statistics.misses();
    }

    @Override
    public long getCachePuts() {
        return statistics.puts();
    }

    @Override
    public long getCacheRemovals() {
        return statistics.removals();
    }

    @Override
    public long getCacheEvictions() {
        return statistics.evictions();
    }

    @Override
    public float getAverageGetTime() {
        return statistics.gets().meanMicros();
    }

    @Override
    public float getAveragePutTime() {
        return statistics.writes().meanMicros();
    }

    @Override
    public float getAverageRemoveTime() {
        return statistics.removes().meanMicros();
    }

    private float percentage(long part) {
        long gets = getCacheGets();
        return gets == 0 ? 0 : part * PERCENT / gets;
    }
}
