package io.coffer.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rows of the table: what is measured, and which operation of the bare map it is compared with. */
enum Row {
    GET("get", "`get`, hit", "get", Map.of()),
    PUT("put", "`put` over an existing entry", "put", Map.of()),
    REPLACE("replace", "`replace(key, old, new)`", "replace", Map.of()),
    INVOKE("invoke", "`invoke`, reads and sets", "invoke", Map.of()),
    GET_ALL("getAll", "`getAll` of 20", "getAll", Map.of()),
    GET_TOUCHED("getTouched", "`get` under `TouchedExpiryPolicy`", "get", Map.of("expiry", "TOUCHED")),
    GET_COUNTED("getCounted", "`get`, statistics on", "get", Map.of("statistics", "true")),
    PUT_COUNTED("putCounted", "`put`, statistics on", "put", Map.of("statistics", "true")),
    GET_BY_VALUE("getByValue", "`get`, String by value", "get", Map.of("storeByValue", "true")),
    GET_OBJECT("getObject", "`get`, object by value", CustomerBenchmark.class, "get", true),
    PUT_OBJECT("putObject", "`put`, object by value", CustomerBenchmark.class, "put", true),
    GET_OBJECT_BY_REFERENCE(
            "getObjectByReference", "`get`, object by reference", CustomerBenchmark.class, "get", false),
    PUT_OBJECT_BY_REFERENCE(
            "putObjectByReference", "`put`, object by reference", CustomerBenchmark.class, "put", false);

    private final String id;
    private final String title;
    private final Class<?> benchmark;
    private final String method;
    private final Map<String, String> parameters;

    Row(String id, String title, String method, Map<String, String> parameters) {
        this(id, title, StringBenchmark.class, method, parameters);
    }

    Row(String id, String title, Class<?> benchmark, String method, boolean storeByValue) {
        this(id, title, benchmark, method, Map.of("storeByValue", String.valueOf(storeByValue)));
    }

    Row(String id, String title, Class<?> benchmark, String method, Map<String, String> parameters) {
        this.id = id;
        this.title = title;
        this.benchmark = benchmark;
        this.method = method;
        this.parameters = parameters;
    }

    /** The word for {@code --rows}. */
    String id() {
        return id;
    }

    String title() {
        return title;
    }

    /** The rows of the published table. Objects by reference cost what strings cost; they are measured when asked for. */
    static List<Row> published() {
        return Arrays.stream(values())
                .filter(row -> row != GET_OBJECT_BY_REFERENCE && row != PUT_OBJECT_BY_REFERENCE)
                .toList();
    }

    /** The map holds references and counts nothing; the relaxed cache2k copies nothing. */
    boolean isMeasuredOn(Contender contender) {
        return switch (contender) {
            case COFFER, CACHE2K, CAFFEINE -> true;
            case CACHE2K_RELAXED -> !"true".equals(parameters.get("storeByValue"));
            case MAP -> benchmark == StringBenchmark.class;
        };
    }

    /** Rows that differ only in what the map does not know share the map's trial. */
    Trial trial(Contender contender, int threads) {
        return contender == Contender.MAP
                ? new Trial(MapBenchmark.class, method, Map.of(), contender.title(), threads)
                : new Trial(benchmark, method, parametersFor(contender), contender.title(), threads);
    }

    private Map<String, String> parametersFor(Contender contender) {
        Map<String, String> all = new TreeMap<>(parameters);
        all.put("contender", contender.name());
        return all;
    }
}
