package io.coffer.codec;

import io.coffer.spi.Codec;
import java.util.Objects;
import javax.cache.CacheException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON by a declared type, with Jackson 3: no class names in the bytes, so values need not be Serializable and may be read by
 * a later version of their class.
 *
 * <p>Polymorphic types must say so by Jackson's own annotations; default typing is never switched on. Safe for use by several
 * threads.
 *
 * @param <T> the type of the objects
 */
public final class JsonCodec<T> implements Codec<T> {
    private final JavaType type;
    private final JsonMapper mapper;
    private final ObjectWriter writer;
    private final ObjectReader reader;

    /** A mapper knows the classes it has met for ever, so each codec has its own. */
    private JsonCodec(JsonMapper mapper, JavaType type) {
        this.type = type;
        this.mapper = mapper;
        this.writer = mapper.writerFor(type);
        this.reader = mapper.readerFor(type);
    }

    /** Makes a codec for objects of a class without type parameters. */
    public static <T> JsonCodec<T> of(Class<T> type) {
        var mapper = JsonMapper.builder().build();
        return new JsonCodec<>(mapper, mapper.constructType(Objects.requireNonNull(type, "type == null")));
    }

    /** Makes a codec for objects of any type, as in {@code JsonCodec.of(new TypeReference<List<Order>>() {})}. */
    public static <T> JsonCodec<T> of(TypeReference<T> type) {
        var mapper = JsonMapper.builder().build();
        return new JsonCodec<>(mapper, mapper.constructType(Objects.requireNonNull(type, "type == null")));
    }

    /** Maps and sets are written in the order of their keys and elements, properties by their names. */
    @Override
    public JsonCodec<T> forKeys() {
        return new JsonCodec<>(JsonOrder.of(mapper), type);
    }

    @Override
    public byte[] encode(T value) {
        try {
            return writer.writeValueAsBytes(value);
        } catch (JacksonException e) {
            throw new CacheException(
                    "An object of " + value.getClass().getName() + " cannot be written as JSON of type "
                            + type.toCanonical() + ". Set the codec for the type of the values, or annotate the class",
                    e);
        }
    }

    @Override
    public T decode(byte[] bytes, ClassLoader loader) {
        try {
            T value = reader.readValue(bytes);
            if (value == null) {
                throw new CacheException("Stored JSON is null, which is no value of " + type.toCanonical());
            }
            return value;
        } catch (InvalidDefinitionException e) {
            // About the class, not about the content.
            throw new CacheException(
                    "JSON cannot be read as " + type.toCanonical() + ": " + e.getOriginalMessage()
                            + ". Give it a constructor without parameters, annotate one, or make it a record",
                    e);
        } catch (JacksonException e) {
            // Jackson's message quotes the source unless told otherwise; ours says only where and for which type.
            throw new CacheException("Stored JSON cannot be read as " + type.toCanonical() + ": "
                    + e.getClass().getSimpleName() + " " + placeOf(e));
        }
    }

    private static String placeOf(JacksonException e) {
        var location = e.getLocation();
        return location == null ? "at an unknown place" : "at " + location.offsetDescription();
    }
}
