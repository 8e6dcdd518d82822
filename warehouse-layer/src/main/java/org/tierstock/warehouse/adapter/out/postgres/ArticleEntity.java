package org.tierstock.warehouse.adapter.out.postgres;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.tierstock.movements.Sku;
import org.tierstock.warehouse.application.port.Versioned;
import org.tierstock.warehouse.domain.Article;

/** An article as Hibernate stores it. */
@Entity
@Table(name = "sku")
class ArticleEntity implements StoredMaster<Article> {
    @Id
    String code;

    String name;

    @Column(name = "units_per_case")
    int unitsPerCase;

    @Column(name = "shelf_life_days")
    Integer shelfLifeDays;

    long version;

    /** Takes everything over. */
    void take(Article article) {
        code = article.sku().code();
        name = article.name();
        unitsPerCase = article.unitsPerCase();
        shelfLifeDays = article.shelfLifeDays();
        version++;
    }

    @Override
    public Versioned<Article> asMaster() {
        return new Versioned<>(new Article(new Sku(code), name, unitsPerCase, shelfLifeDays), version);
    }
}
