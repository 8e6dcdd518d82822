/** One entrance: whatever moves stock, and by which protocol, posts in the same lanes. */
package org.tierstock.warehouse.adapter.in.posting;
