/** The warehouse layer's entrance for the dispatch layer. Business results are part of the response, never a status. */
package org.tierstock.warehouse.adapter.in.grpc;
