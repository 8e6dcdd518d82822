/** Numbers for documents that have no number of their own. */
package org.tierstock.runtime.documents;
