package io.coffer.codec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.ser.std.StdConvertingSerializer;
import tools.jackson.databind.type.CollectionType;
import tools.jackson.databind.type.TypeFactory;
import tools.jackson.databind.util.Converter;

/** Writes what has no order of its own in a fixed one, so that equal objects become equal JSON. */
final class JsonOrder extends ValueSerializerModifier {
    private static final long serialVersionUID = 1L;

    private JsonOrder() {}

    /** Returns a mapper like the given one, which orders properties, the keys of maps, and sets. */
    static JsonMapper of(JsonMapper mapper) {
        return mapper.rebuild()
                .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .enable(SerializationFeature.FAIL_ON_ORDER_MAP_BY_INCOMPARABLE_KEY)
                .addModule(new SimpleModule(JsonOrder.class.getName()).setSerializerModifier(new JsonOrder()))
                .build();
    }

    @Override
    public ValueSerializer<?> modifyCollectionSerializer(
            SerializationConfig config,
            CollectionType type,
            BeanDescription.Supplier description,
            ValueSerializer<?> serializer) {
        return type.isTypeOrSubTypeOf(Set.class) && !type.isTypeOrSubTypeOf(EnumSet.class) // which has an order
                ? new StdConvertingSerializer(new Sorted(type), type, serializer, null)
                : serializer;
    }

    /** Gives the elements of a set sorted by the text of their JSON. */
    private record Sorted(JavaType type) implements Converter<Object, Object> {

        @Override
        public Object convert(SerializationContext context, Object set) {
            return ((Set<?>) set)
                    .stream()
                            .map(element ->
                                    new Element(String.valueOf(context.<JsonNode>valueToTree(element)), element))
                            .sorted(Comparator.comparing(Element::json))
                            .map(Element::object)
                            .collect(Collectors.toCollection(ArrayList::new));
        }

        @Override
        public Object convert(DeserializationContext context, Object set) {
            throw new UnsupportedOperationException("Only for writing");
        }

        @Override
        public JavaType getInputType(TypeFactory factory) {
            return type;
        }

        @Override
        public JavaType getOutputType(TypeFactory factory) {
            return type;
        }
    }

    /** An element of a set. */
    private record Element(String json, @Nullable Object object) {}
}
