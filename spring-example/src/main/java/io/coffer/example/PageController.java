package io.coffer.example;

import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** The page: what is cached, how long calls took, and a form for each operation. */
@Controller
class PageController {

    private static final String PAGE = "redirect:/";

    private final Map<String, Lookup> lookups;
    private final Countries countries;
    private final CacheContents contents;
    private final Calls calls;

    PageController(Map<String, Lookup> lookups, Countries countries, CacheContents contents, Calls calls) {
        this.lookups = lookups;
        this.countries = countries;
        this.contents = contents;
        this.calls = calls;
    }

    @GetMapping("/")
    String page(Model model) {
        model.addAttribute(
                "sections", lookups.keySet().stream().map(this::section).toList());
        model.addAttribute("calls", calls.latest());
        return "page";
    }

    /** Asks; who just presses Enter asks for the example, which the empty field shows. */
    @PostMapping("/{cache}/ask")
    String ask(@PathVariable String cache, @RequestParam String question) {
        Lookup lookup = lookup(cache);
        calls.ask(cache, lookup, question.isBlank() ? lookup.example() : question.strip());
        return PAGE;
    }

    @PostMapping("/countries/teach")
    String teach(@RequestParam String question, @RequestParam String line) {
        if (question.isBlank() || line.isBlank()) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "A name and an answer, please.");
        }
        countries.teach(question.strip(), Answer.taught(question.strip(), line.strip()));
        return PAGE;
    }

    @PostMapping("/{cache}/forget")
    String forget(@PathVariable String cache, @RequestParam String question) {
        lookup(cache).forget(question);
        return PAGE;
    }

    @PostMapping("/{cache}/forget-all")
    String forgetAll(@PathVariable String cache) {
        lookup(cache).forgetAll();
        return PAGE;
    }

    private Lookup lookup(String cache) {
        Lookup lookup = lookups.get(cache);
        if (lookup == null) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return lookup;
    }

    private Section section(String cache) {
        return new Section(cache, lookup(cache), contents.of(cache));
    }

    /** What the page shows of one cache. */
    record Section(String cache, Lookup lookup, List<CacheContents.CachedAnswer> entries) {}
}
