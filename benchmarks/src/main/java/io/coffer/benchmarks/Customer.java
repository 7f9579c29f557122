package io.coffer.benchmarks;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A value as applications have them: mutable, Serializable, eight fields. It must be copied to be stored by value. */
public final class Customer implements Serializable {
    private static final long serialVersionUID = 1;

    private long id;
    private String name;
    private String email;
    private String street;
    private String city;
    private long createdAtMillis;
    private long orderCount;
    private ArrayList<String> tags;

    /** The same ordinal gives an equal customer, and never the same instance. */
    static Customer numbered(int ordinal) {
        var customer = new Customer();
        customer.id = 4_000_000_000L + ordinal;
        customer.name = "Customer Number " + ordinal;
        customer.email = "customer." + ordinal + "@example.com";
        customer.street = ordinal % 200 + 1 + " Long Acre";
        customer.city = "City " + ordinal % 1_000;
        customer.createdAtMillis = 1_700_000_000_000L + ordinal * 60_000L;
        customer.orderCount = ordinal % 50;
        customer.tags = new ArrayList<>(List.of("retail", "newsletter", "region-" + ordinal % 16));
        return customer;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Customer that
                && id == that.id
                && name.equals(that.name)
                && email.equals(that.email)
                && street.equals(that.street)
                && city.equals(that.city)
                && createdAtMillis == that.createdAtMillis
                && orderCount == that.orderCount
                && tags.equals(that.tags);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, name);
    }
}
