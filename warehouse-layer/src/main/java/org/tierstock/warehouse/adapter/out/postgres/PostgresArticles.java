package org.tierstock.warehouse.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.LockModeType;
import java.util.Optional;
import org.tierstock.warehouse.application.port.Articles;
import org.tierstock.warehouse.application.port.Versioned;
import org.tierstock.warehouse.domain.Article;

/** The articles as master records, by Hibernate. */
@ApplicationScoped
class PostgresArticles implements Articles {
    private final ArticleEntities entities;

    @Inject
    PostgresArticles(ArticleEntities entities) {
        this.entities = entities;
    }

    @Override
    public Optional<Versioned<Article>> hold(String code) {
        return entities.findByIdOptional(code, LockModeType.PESSIMISTIC_WRITE).map(ArticleEntity::asMaster);
    }

    @Override
    public Versioned<Article> add(Article article) {
        ArticleEntity entity = new ArticleEntity();
        entity.take(article);
        StoredMaster.flush(() -> entities.persistAndFlush(entity));
        return entity.asMaster();
    }

    @Override
    public Versioned<Article> change(Article article) {
        ArticleEntity entity = entities.findById(article.sku().code());
        entity.take(article);
        StoredMaster.flush(entities::flush);
        return entity.asMaster();
    }
}
