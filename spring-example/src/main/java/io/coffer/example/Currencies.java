package io.coffer.example;

import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.stereotype.Service;

/** Finds a currency by its name in any language: every currency in every locale. Cached by Spring's annotations. */
@Service
class Currencies implements Lookup {

    private final Searches searches;

    Currencies(Searches searches) {
        this.searches = searches;
    }

    @Override
    @Cacheable(Caches.CURRENCIES)
    public Answer ask(String name) {
        return searches.run(Caches.CURRENCIES, name, () -> currenciesCalled(name));
    }

    @Override
    @CacheEvict(Caches.CURRENCIES)
    public void forget(String name) {}

    @Override
    @CacheEvict(cacheNames = Caches.CURRENCIES, allEntries = true)
    public void forgetAll() {}

    @Override
    public String prompt() {
        return "Which currency has this name in some language, and where is it used?";
    }

    @Override
    public String example() {
        return "Schweizer Franken";
    }

    private static List<String> currenciesCalled(String name) {
        return Currency.getAvailableCurrencies().stream()
                .filter(currency -> Stream.of(Locale.getAvailableLocales())
                        .anyMatch(locale -> currency.getDisplayName(locale).equalsIgnoreCase(name)))
                .map(currency -> "%s (%s) is used in: %s"
                        .formatted(
                                currency.getDisplayName(Locale.ENGLISH),
                                currency.getCurrencyCode(),
                                countriesUsing(currency)))
                .sorted()
                .toList();
    }

    private static String countriesUsing(Currency currency) {
        return Stream.of(Locale.getISOCountries())
                .map(code -> new Locale.Builder().setRegion(code).build())
                .filter(country -> currency.equals(Currency.getInstance(country)))
                .map(country -> country.getDisplayCountry(Locale.ENGLISH))
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
