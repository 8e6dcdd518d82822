/** How long connections of REST and gRPC are kept, and by whom. What they carry is others' business. */
package org.tierstock.runtime.connections;
