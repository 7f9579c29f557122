package io.coffer.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.InvalidClassException;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowListTest {

    static class Base implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    static class Order extends Base {
        private static final long serialVersionUID = 1L;
    }

    static final class BigOrder extends Order {
        private static final long serialVersionUID = 1L;
    }

    interface Named {}

    sealed interface Shape extends Serializable permits Circle, Polygon {}

    record Circle(int radius) implements Shape {}

    sealed interface Polygon extends Shape permits Square {}

    record Square(int side) implements Polygon {}

    @ParameterizedTest
    @CsvSource({
        "com.acme.**,     com.acme.Order,             true",
        "com.acme.**,     com.acme.Order$Line,        true",
        "com.acme.**,     com.acme.shop.Order,        true",
        "com.acme.**,     com.acmeshop.Order,         false",
        "com.acme.**,     com.acme,                   false",
        "com.acme.*,      com.acme.Order,             true",
        "com.acme.*,      com.acme.Order$Line,        true",
        "com.acme.*,      com.acme.shop.Order,        false",
        "com.acme.*,      com.acmeshop.Order,         false",
        "com.acme.Order,  com.acme.Order,             true",
        "com.acme.Order,  com.acme.OrderLine,         false",
        "com.acme.Order,  com.acme.Order$Line,        false",
        "com.acme.Order$Line, com.acme.Order$Line,    true",
        "Order,           Order,                      true",
        "acme.*,          com.acme.Order,             false"
    })
    void pattern_matches_asItSays(String pattern, String className, boolean matches) {
        assertThat(new ClassPattern(pattern).matches(className)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "*",
                "**",
                ".*",
                "com.acme*",
                "com.*.Order",
                "com.acme.***",
                "com..acme",
                ".com",
                "com.",
                "!com.acme",
                "com.acme.**;",
                "com/acme",
                "com.acme.Order[]",
                " com.acme.*"
            })
    void pattern_ofAnotherForm_isRefusedWithWhatWouldBeRight(String pattern) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JavaCodec.filtered(List.of(pattern)))
                .withMessageContaining("\"" + pattern + "\"")
                .withMessageContaining("com.acme.**");
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                int.class,
                int[][].class,
                String[].class,
                Object[].class,
                Map.Entry[].class,
                Serializable[].class,
                ArrayList.class,
                Thread.State[].class
            })
    void allows_byDefault_whatIsHarmless(Class<?> type) {
        assertThat(new AllowList(List.of("java.lang.Thread$State")).allows(type))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                URL.class,
                URL[][].class,
                Thread.State.class,
                Order.class,
                SerializedLambda.class,
                java.rmi.server.UnicastRemoteObject.class,
                javax.management.BadAttributeValueExpException.class,
                java.security.SignedObject.class,
                java.io.ObjectStreamClass.class,
                java.io.File.class,
                java.beans.beancontext.BeanContextSupport.class
            })
    void allows_byDefault_nothingElse(Class<?> type) {
        assertThat(new AllowList(List.of(), Object.class).allows(type)).isFalse();
    }

    @Test
    void allows_declaredType_withItsSuperclassesButNotItsSubclasses() {
        var list = new AllowList(List.of(), Order[].class);

        assertThat(list.allows(Order.class)).isTrue();
        assertThat(list.allows(Order[].class)).isTrue();
        assertThat(list.allows(Base.class)).isTrue();
        assertThat(list.allows(BigOrder.class)).isFalse();
    }

    @Test
    void allows_declaredSealedType_withAllThatItPermits() {
        var list = new AllowList(List.of(), Shape.class);

        assertThat(List.of(Circle.class, Polygon.class, Square.class)).allMatch(list::allows);
    }

    @Test
    void allows_proxy_ifAllItsInterfacesAre() {
        var loader = AllowListTest.class.getClassLoader();
        var handler = Proxy.newProxyInstance(
                loader, new Class<?>[] {Comparable.class, Set.class}, (proxy, method, arguments) -> null);
        var other = Proxy.newProxyInstance(
                loader, new Class<?>[] {Comparable.class, Named.class}, (proxy, method, arguments) -> null);

        assertThat(new AllowList(List.of()).allows(handler.getClass())).isTrue();
        assertThat(new AllowList(List.of()).allows(other.getClass())).isFalse();
        assertThat(new AllowList(List.of()).refusal(other.getClass())).hasMessageContaining(Named.class.getName());
    }

    /** A lambda runs whatever method its bytes name. */
    @Test
    void allows_lambda_neverWhateverIsSaid() {
        var list = new AllowList(List.of("java.lang.invoke.SerializedLambda", "java.**"), SerializedLambda.class);

        assertThat(list.allows(SerializedLambda.class)).isFalse();
        assertThat(list.refusal(SerializedLambda.class)).hasMessageContaining("lambda");
    }

    @Test
    void refusal_classOfAnApplication_namesTheLineToAdd() {
        assertThat(new AllowList(List.of("com.acme.*")).refusal(Order[].class))
                .hasMessageContaining(Order.class.getName())
                .hasMessageContaining("\"allow\": [\"com.acme.*\", \"io.coffer.codec.**\"]");
    }

    /** Nobody should be led to allow a package of the JDK. */
    @Test
    void refusal_classOfTheJdk_proposesTheClassAlone() {
        assertThat(new AllowList(List.of()).refusal(URL.class)).hasMessageContaining("\"allow\": [\"java.net.URL\"]");
        assertThat(new AllowList(List.of()).refusal(InvalidClassException.class))
                .hasMessageContaining("[\"java.io.InvalidClassException\"]");
    }
}
