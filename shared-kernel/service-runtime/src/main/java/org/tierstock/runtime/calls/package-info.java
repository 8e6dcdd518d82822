/** What the gRPC calls between layers share. A use case knows nothing of it. */
package org.tierstock.runtime.calls;
