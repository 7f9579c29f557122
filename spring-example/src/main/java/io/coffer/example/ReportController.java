package io.coffer.example;

import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Answers for programs, in JSON. */
@RestController
class ReportController {

    private final Map<String, Lookup> lookups;
    private final CacheContents contents;
    private final Calls calls;

    ReportController(Map<String, Lookup> lookups, CacheContents contents, Calls calls) {
        this.lookups = lookups;
        this.contents = contents;
        this.calls = calls;
    }

    @GetMapping("/{cache}/answer")
    CallReport answer(@PathVariable String cache, @RequestParam String question) {
        Lookup lookup = lookups.get(cache);
        if (lookup == null) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        Calls.Call call = calls.ask(cache, lookup, question);
        return new CallReport(call.answer().lines(), call.took(), call.origin(), contents.expiresAt(cache, question));
    }
}
