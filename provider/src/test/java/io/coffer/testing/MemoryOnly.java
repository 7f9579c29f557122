package io.coffer.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** A test that claims something of memory, and says nothing of a cache whose entries lie in a store. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@DisabledIfSystemProperty(named = "coffer.fixture", matches = "stored", disabledReason = "of memory only")
public @interface MemoryOnly {
    /** Why. */
    String value();
}
