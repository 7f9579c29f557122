package io.coffer.clients;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.Immutable;

/** An entity that is never written again. */
@Entity
@Immutable
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_ONLY)
class Country {
    static final String REGION = Country.class.getName();

    @Id
    String code;

    String name;

    Country() {}

    Country(String code, String name) {
        this.code = code;
        this.name = name;
    }
}
