package io.coffer.config;

import java.util.List;

/** Settings that are as they should be. The environment has SET=5. */
final class GoodValues {
    private static final String FIT = "\"io.coffer.config.AllRoles$Fit\"";
    private static final String FACTORY = "\"io.coffer.config.AllRoles$FitFactory\"";

    static final List<String> ALL = List.of(
            "",
            "\"store\": \"memory\"",
            "\"store\": \"${UNSET:memory}\"",
            "\"store\": \"log\"",
            "\"store\": \"${UNSET:log}\", \"durability\": \"always\"",
            "\"store\": " + FIT + ", \"durability\": \"${UNSET:none}\"",
            "\"store\": " + FACTORY + ", \"durability\": \"interval\", \"syncInterval\": \"250ms\"",
            "\"store\": \"log\", \"durability\": \"always\", \"syncInterval\": \"1s\"",
            "\"store\": \"log\", \"strict\": true, \"onLocked\": \"memory\", \"recovery\": \"pointInTime\", \"onUndecodable\": \"throw\"",
            "\"store\": \"log\", \"strict\": \"${UNSET:false}\", \"onLocked\": \"fail\", \"recovery\": \"salvage\", \"onUndecodable\": \"remove\"",
            "\"store\": \"log\", \"recovery\": \"strict\"",
            "\"store\": \"log\", \"allow\": []",
            "\"store\": \"log\", \"allow\": \"com.acme.**\"",
            "\"store\": \"log\", \"allow\": \"com.acme.**, org.acme.*,${UNSET:net.acme.Order$Line}\"",
            "\"store\": \"log\", \"allow\": [\"com.acme.**\", \"Order\", \"com.acme.\u00dcbung\", \"${UNSET:com.acme.*}\"]",
            "\"store\": \"log\", \"maxRecordBytes\": 1",
            "\"store\": \"log\", \"maxRecordBytes\": \"128MB\"",
            "\"store\": \"log\", \"maxRecordBytes\": \"${SET}KB\"",
            "\"store\": \"log\", \"maxBytes\": \"1MB\", \"maxEntries\": 5",
            "\"store\": \"log\", \"storeByValue\": false, \"maxBytes\": 5",
            "\"keyType\": \"java.lang.String\", \"valueType\": \"byte[]\"",
            "\"keyType\": \"java.util.Map$Entry\", \"valueType\": \"java.lang.String[][]\"",
            "\"valueType\": \"java.lang.${UNSET:Long}\"",
            "\"storeByValue\": false",
            "\"storeByValue\": \"true\"",
            "\"storeByValue\": \"${UNSET:false}\"",
            "\"keyCodec\": \"java\", \"codec\": \"bytes\"",
            "\"keyCodec\": \"string\", \"codec\": \"json\"",
            "\"codec\": \"${UNSET:string}\"",
            "\"keyCodec\": " + FIT + ", \"codec\": " + FIT,
            "\"maxEntries\": 0",
            "\"maxEntries\": 9223372036854775807",
            "\"maxEntries\": \"10_000\"",
            "\"maxEntries\": \"${SET}\"",
            "\"maxEntries\": \"1${SET}\"",
            "\"maxBytes\": 0",
            "\"maxBytes\": 1048576",
            "\"maxBytes\": \"1048576\"",
            "\"maxBytes\": \"64MB\"",
            "\"maxBytes\": \"64 kb\"",
            "\"maxBytes\": \"1_024b\"",
            "\"maxBytes\": \"2TB\"",
            "\"maxBytes\": \"${SET}GB\"",
            "\"maxBytes\": 5, \"weigher\": " + FIT,
            "\"expiry\": {}",
            "\"expiry\": { \"created\": \"10m\" }",
            "\"expiry\": { \"created\": \"1h30m\", \"updated\": \"90s\", \"accessed\": \"250ms\" }",
            "\"expiry\": { \"created\": \"7d\", \"accessed\": \"eternal\" }",
            "\"expiry\": { \"created\": \"PT10M\", \"updated\": \"P1DT2H\", \"accessed\": \"pt0.5s\" }",
            "\"expiry\": { \"created\": \"${SET}m\" }",
            "\"expiry\": { \"policy\": " + FIT + " }",
            "\"expiry\": { \"policy\": " + FACTORY + " }",
            "\"expiry\": { \"created\": \"10m\", \"jitter\": \"10%\" }",
            "\"expiry\": { \"policy\": " + FIT + ", \"jitter\": \"99.9 %\" }",
            "\"expiry\": { \"jitter\": \"${SET}%\" }",
            "\"loader\": " + FIT + ", \"readThrough\": true",
            "\"loader\": " + FIT
                    + ", \"readThrough\": true, \"refreshAhead\": \"5s\", \"staleIfError\": \"1h30m\", \"negativeCaching\": \"PT1M\"",
            "\"loader\": " + FIT
                    + ", \"readThrough\": true, \"refreshAhead\": \"${SET}s\", \"staleIfError\": \"${UNSET:1d}\"",
            "\"loader\": " + FACTORY + ", \"readThrough\": \"true\"",
            "\"writer\": " + FIT + ", \"writeThrough\": true",
            "\"writer\": " + FACTORY + ", \"writeThrough\": false",
            "\"readThrough\": false, \"writeThrough\": \"${UNSET:false}\"",
            "\"listeners\": []",
            "\"listeners\": " + FIT,
            "\"listeners\": { \"class\": " + FIT + " }",
            "\"listeners\": [" + FIT + ", " + FACTORY + "]",
            "\"listeners\": [{ \"class\": " + FIT + ", \"filter\": " + FACTORY
                    + ", \"oldValueRequired\": true, \"synchronous\": \"false\" }]",
            "\"statistics\": true, \"management\": \"${UNSET:true}\"");

    private GoodValues() {}
}
