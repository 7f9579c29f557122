package io.coffer.example;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.stereotype.Service;

/**
 * Finds the time zones whose clocks agreed with a given one on most days since 1970: every zone on every day. However
 * many threads ask the same at once, {@code sync = true} lets one of them search and the others wait for its answer.
 */
@Service
class Zones implements Lookup {

    private static final int LINES_MAX = 8;

    private final Searches searches;

    Zones(Searches searches) {
        this.searches = searches;
    }

    @Override
    @Cacheable(cacheNames = Caches.ZONES, sync = true)
    public Answer ask(String zone) {
        return searches.run(Caches.ZONES, zone, () -> zonesLike(zone));
    }

    @Override
    @CacheEvict(Caches.ZONES)
    public void forget(String zone) {}

    @Override
    @CacheEvict(cacheNames = Caches.ZONES, allEntries = true)
    public void forgetAll() {}

    @Override
    public String prompt() {
        return "Which zones had the same time of day as this one, on most days since 1970?";
    }

    @Override
    public String example() {
        return "Europe/Zurich";
    }

    private static List<String> zonesLike(String zone) {
        if (!ZoneId.getAvailableZoneIds().contains(zone)) {
            return List.of();
        }
        List<Instant> days = daysSince1970();
        return ZoneId.getAvailableZoneIds().stream()
                .filter(Predicate.not(zone::equals))
                .map(other -> new Agreement(other, Agreement.count(zone, other, days)))
                .sorted(Comparator.comparingLong(Agreement::days).reversed().thenComparing(Agreement::zone))
                .limit(LINES_MAX)
                .map(agreement -> "%s on %d of %d days".formatted(agreement.zone, agreement.days, days.size()))
                .toList();
    }

    private static List<Instant> daysSince1970() {
        Instant now = Instant.now();
        return Stream.iterate(Instant.EPOCH, now::isAfter, day -> day.plus(Duration.ofDays(1)))
                .toList();
    }

    private record Agreement(String zone, long days) {

        static long count(String zone, String other, List<Instant> days) {
            ZoneRules rules = ZoneId.of(zone).getRules();
            ZoneRules otherRules = ZoneId.of(other).getRules();
            return days.stream()
                    .filter(day -> rules.getOffset(day).equals(otherRules.getOffset(day)))
                    .count();
        }
    }
}
