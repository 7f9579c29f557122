package io.coffer.example;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import org.springframework.stereotype.Service;

/** Finds a country by its name in any language: every country in every locale. Cached by the annotations of JSR-107. */
@Service
class Countries implements Lookup {

    private final Searches searches;

    Countries(Searches searches) {
        this.searches = searches;
    }

    @Override
    @CacheResult(cacheName = Caches.COUNTRIES)
    public Answer ask(String name) {
        return searches.run(Caches.COUNTRIES, name, () -> countriesCalled(name));
    }

    /** Caches an answer of your own, to a name that no locale knows. All that happens is the annotation. */
    @CachePut(cacheName = Caches.COUNTRIES)
    public void teach(@CacheKey String name, @CacheValue Answer answer) {}

    @Override
    @CacheRemove(cacheName = Caches.COUNTRIES)
    public void forget(String name) {}

    @Override
    @CacheRemoveAll(cacheName = Caches.COUNTRIES)
    public void forgetAll() {}

    @Override
    public String prompt() {
        return "Which country has this name in some language?";
    }

    @Override
    public String example() {
        return "Alemania";
    }

    private static List<String> countriesCalled(String name) {
        return Stream.of(Locale.getISOCountries())
                .map(code -> new Locale.Builder().setRegion(code).build())
                .flatMap(country -> describe(country, name))
                .toList();
    }

    private static Stream<String> describe(Locale country, String name) {
        String languages = languages(locale -> country.getDisplayCountry(locale).equalsIgnoreCase(name));
        return languages.isEmpty()
                ? Stream.empty()
                : Stream.of("%s (%s) has this name in %s. Languages there: %s"
                        .formatted(
                                country.getDisplayCountry(Locale.ENGLISH),
                                country.getCountry(),
                                languages,
                                languages(locale -> locale.getCountry().equals(country.getCountry()))));
    }

    private static String languages(Predicate<Locale> condition) {
        return Stream.of(Locale.getAvailableLocales())
                .filter(condition)
                .map(locale -> locale.getDisplayLanguage(Locale.ENGLISH))
                .filter(language -> !language.isEmpty())
                .distinct()
                .sorted(Comparator.naturalOrder())
                .collect(Collectors.joining(", "));
    }
}
