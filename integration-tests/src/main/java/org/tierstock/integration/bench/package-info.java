/**
 * The benchmarks: {@code ./tierstock bench NAME}.
 *
 * <p>A benchmark says how many times faster the real service is than a plain way of doing the same on the same machine in
 * the same minute. Absolute rates move with the machine, ratios hold. So every figure has its opponent measured beside it,
 * in several interleaved rounds, through the same server and the same client; and after every round the database is asked
 * whether everything that was acknowledged is there and nothing else.
 */
package org.tierstock.integration.bench;
