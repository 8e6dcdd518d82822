/** The dispatch layer's entrance for the sales layer. Business results are part of the response, never a status. */
package org.tierstock.dispatch.adapter.in.grpc;
