package io.coffer.codec;

import io.coffer.spi.Codec;
import java.util.Arrays;
import java.util.Objects;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON by a declared type, with Jackson 3: no class names in the bytes, and values need not be Serializable.
 *
 * <p>Before the JSON stand eight bytes, a hash of the names and types of all properties, those of the types of properties included
 * (docs/file-format.md). A later version of a class that has others does not read what an earlier one has written. Not seen are
 * subtypes that Jackson finds by their class names, and what a serializer of the user writes beside the properties of its class.
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

    /** Made by the first call, since making it looks at classes; should two do so at once, it is the same. */
    private volatile byte @Nullable [] shape;

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
            var shape = shape();
            var json = writer.writeValueAsBytes(value);
            var bytes = Arrays.copyOf(shape, shape.length + json.length);
            System.arraycopy(json, 0, bytes, shape.length, json.length);
            return bytes;
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
            if (!startsWith(bytes, shape())) {
                throw new CacheException("Stored JSON was not written by this " + type.toCanonical()
                        + ": the class, or that of a property, has changed");
            }
            T value = reader.readValue(bytes, JsonShape.BYTES, bytes.length - JsonShape.BYTES);
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

    private byte[] shape() {
        var known = shape;
        if (known == null) {
            known = JsonShape.of(mapper, type);
            shape = known;
        }
        return known;
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return bytes.length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }

    private static String placeOf(JacksonException e) {
        var location = e.getLocation();
        return location == null ? "at an unknown place" : "at " + location.offsetDescription();
    }
}
