package io.coffer.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.json.JsonMapper;

/**
 * The names and types of all properties of a type, and of the types of these, as a hash: it changes if a class does in a way that
 * JSON does not tell. For one type and one thread.
 */
final class JsonShape {
    /** On disk before the JSON: do not change. */
    static final int BYTES = 8;

    /*
     * Jackson reads what it finds, and leaves the rest at null: a property that was renamed looks as if it had none. To be strict
     * when reading does not help: what a getter computes is written and not read, what is null may be left out.
     * So this looks at the classes, as Jackson does: what it writes and what it would read.
     */
    private final MapperConfig<?> writing;
    private final MapperConfig<?> reading;
    private final Set<JavaType> known = new HashSet<>();
    private final Queue<JavaType> open = new ArrayDeque<>();
    private final StringBuilder text = new StringBuilder();

    private JsonShape(JsonMapper mapper) {
        writing = mapper.serializationConfig();
        reading = mapper.deserializationConfig();
    }

    /** Returns the hash of a type. Throws what Jackson throws for a class that it cannot handle. */
    static byte[] of(JsonMapper mapper, JavaType type) {
        var shape = new JsonShape(mapper);
        shape.add(type);
        for (var next = shape.open.poll(); next != null; next = shape.open.poll()) {
            shape.describe(next);
        }
        return hash(shape.text.toString());
    }

    private void add(@Nullable JavaType type) {
        if (type != null && known.add(type)) {
            open.add(type);
        }
    }

    /** Of a type of the JDK the name tells all, but for what it contains. */
    private void describe(JavaType type) {
        line(type.toCanonical());
        add(type.getKeyType());
        add(type.getContentType());
        add(type.getReferencedType());
        type.getBindings().getTypeParameters().forEach(this::add);
        var raw = type.getRawClass();
        if (raw.isEnum()) {
            for (var constant : raw.getEnumConstants()) { // which may be written as numbers
                line("has " + ((Enum<?>) constant).name());
            }
        } else if (!raw.isPrimitive() && !raw.isArray() && !JdkTypes.contain(raw)) {
            describeClass(type);
        }
    }

    private void describeClass(JavaType type) {
        var introspector = writing.classIntrospectorInstance();
        var annotated = introspector.introspectClassAnnotations(type);
        var written = introspector.introspectForSerialization(type, annotated);
        var value = written.findJsonValueAccessor();
        if (value == null) {
            describeProperties("writes", written);
            describeProperties(
                    "reads", reading.classIntrospectorInstance().introspectForDeserialization(type, annotated));
        } else {
            line("is " + value.getType().toCanonical());
            add(value.getType());
        }
        addSubtypes(annotated);
    }

    private void describeProperties(String verb, BeanDescription description) {
        for (var property : description.findProperties()) {
            var type = property.getPrimaryType();
            line(verb + " " + property.getName() + ": " + type.toCanonical());
            add(type);
            var member = property.getPrimaryMember();
            if (member != null) {
                addSubtypes(member);
            }
        }
    }

    /** Subtypes that annotations name, or that a sealed type permits; those that are found by their class names nobody can list. */
    private void addSubtypes(Annotated annotated) {
        var subtypes = writing.getAnnotationIntrospector().findSubtypes(writing, annotated);
        if (subtypes != null) {
            for (var subtype : subtypes) {
                line("may be " + subtype.getName());
                add(writing.constructType(subtype.getType()));
            }
        }
    }

    private void line(String words) {
        text.append(words).append('\n');
    }

    private static byte[] hash(String text) {
        try {
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)), BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
