package org.tierstock.warehouse.application.port;

import org.tierstock.warehouse.domain.Article;

/** The articles as master records. */
public interface Articles extends MasterRegister<Article> {}
