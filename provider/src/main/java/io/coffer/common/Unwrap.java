package io.coffer.common;

/** What all {@code unwrap} methods of JCache have in common. */
public final class Unwrap {

    private Unwrap() {}

    /**
     * Returns an object as a type of its class.
     *
     * @param what names the object in the message
     * @throws IllegalArgumentException if it is none of that type
     */
    public static <T> T as(Class<T> type, Object object, String what) {
        if (type.isInstance(object)) {
            return type.cast(object);
        }
        throw new IllegalArgumentException(
                what + " is a " + object.getClass().getName() + ", which is no " + type.getName());
    }
}
