/** Lists in pages by keyset: a page is asked for by what the last one ended with, never by an offset. */
package org.tierstock.runtime.paging;
