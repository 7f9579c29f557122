package io.coffer.clients;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Convert;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;

/** An entity that is read and written, with all that Hibernate caches of an entity: state, collection and natural id. */
@Entity
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
@NaturalIdCache
class Book {
    static final String REGION = Book.class.getName();

    @Id
    long id;

    @Version
    int version;

    @NaturalId
    String isbn;

    String title;

    int copies;

    @Convert(converter = Price.Converter.class)
    Price price = new Price(0);

    @ManyToOne
    Author author;

    @ElementCollection
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    List<String> reviews = new ArrayList<>();

    Book() {}

    Book(long id, String isbn, String title) {
        this.id = id;
        this.isbn = isbn;
        this.title = title;
    }
}
