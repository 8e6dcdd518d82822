/** The group commits that all driving adapters share, so that there is one entrance to the store. */
package org.tierstock.dispatch.adapter.in.posting;
