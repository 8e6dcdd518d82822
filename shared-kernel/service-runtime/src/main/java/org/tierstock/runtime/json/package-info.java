/** How JSON is read, whoever sends it: to the letter. */
package org.tierstock.runtime.json;
