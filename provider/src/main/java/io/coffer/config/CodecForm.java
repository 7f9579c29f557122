package io.coffer.config;

import io.coffer.codec.BytesCodec;
import io.coffer.codec.JsonCodec;
import io.coffer.codec.StringCodec;
import io.coffer.spi.Codec;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The form of {@code codec} and {@code keyCodec}: one of ours by its short name, or a class of the user. */
final class CodecForm {
    private static final Set<String> NAMES = Set.of("java", "json", "bytes", "string");

    private CodecForm() {}

    /**
     * Returns the form of a codec.
     *
     * @param typeSetting the setting that names the type
     * @param type of what it shall encode
     */
    static Form<Codec<Object>> of(String typeSetting, Class<Object> type) {
        return (node, reading) -> read(node, reading, typeSetting, type);
    }

    @SuppressWarnings("unchecked") // a file cannot name type parameters; what does not fit the codec is refused by it
    private static @Nullable Codec<Object> read(Node node, Reading reading, String typeSetting, Class<Object> type) {
        var name = node.text() == null ? null : reading.scalar(node);
        return (Codec<Object>) named(name == null ? "" : name, node, reading, typeSetting, type);
    }

    private static @Nullable Codec<?> named(
            String name, Node node, Reading reading, String typeSetting, Class<Object> type) {
        return switch (name) {
            case "java" -> null; // the default, which CacheAssembly makes: it knows what may be read from files
            case "json" -> json(reading, typeSetting, type);
            case "bytes" -> new BytesCodec();
            case "string" -> new StringCodec();
            default -> ofClass(node, reading, name);
        };
    }

    /** Null if the type may still come from the caller of createCache. */
    private static @Nullable Codec<?> json(Reading reading, String typeSetting, Class<Object> type) {
        if (type != Object.class) {
            return JsonCodec.of(type);
        }
        if (reading.isTrial()) {
            return null;
        }
        throw new UnfitException("the codec \"json\" must know the class of what it reads back; set " + typeSetting
                + ", or call setTypes");
    }

    private static Codec<?> ofClass(Node node, Reading reading, String name) {
        if (name.indexOf('.') < 0) {
            throw Quantities.unfit(node, "a codec or the full name of a class" + Suggestion.among(NAMES, name));
        }
        return reading.<Codec<?>>instanceOf(node, Codec.class);
    }
}
