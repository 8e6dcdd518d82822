/** The dispatch layer's database: hand-written SQL for stock and hot documents, Hibernate for nodes and rules. */
package org.tierstock.dispatch.adapter.out.postgres;
