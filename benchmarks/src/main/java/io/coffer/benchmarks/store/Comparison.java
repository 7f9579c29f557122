package io.coffer.benchmarks.store;

import java.util.ArrayList;
import java.util.List;

/**
 * A column of ratios: an engine beside another one, or beside the best of several.
 *
 * @param title its head
 */
record Comparison(String title, EngineKind engine, List<EngineKind> others) {

    /**
     * Coffer beside each of the others, and Coffer encrypted beside each that encrypts; then what encryption costs each store that is
     * measured with it and without.
     */
    static List<Comparison> of(List<EngineKind> engines) {
        List<Comparison> comparisons = new ArrayList<>();
        addLikes(comparisons, engines, EngineKind.COFFER);
        addLikes(comparisons, engines, EngineKind.COFFER_ENCRYPTED);
        for (EngineKind engine : engines) {
            if (engine.inTheClear() != engine && engines.contains(engine.inTheClear())) {
                comparisons.add(ofTwo(engine, engine.inTheClear()));
            }
        }
        return comparisons;
    }

    private static void addLikes(List<Comparison> comparisons, List<EngineKind> engines, EngineKind coffer) {
        if (!engines.contains(coffer)) {
            return;
        }
        List<EngineKind> others = engines.stream()
                .filter(other -> !other.isCoffer() && other.isEncrypted() == coffer.isEncrypted())
                .toList();
        others.forEach(other -> comparisons.add(ofTwo(coffer, other)));
        List<EngineKind> peers = others.stream().filter(EngineKind::isPeer).toList();
        if (peers.size() > 1) {
            comparisons.add(new Comparison(coffer.title() + " : best peer", coffer, peers));
        }
    }

    private static Comparison ofTwo(EngineKind engine, EngineKind other) {
        return new Comparison(engine.title() + " : " + other.title(), engine, List.of(other));
    }
}
