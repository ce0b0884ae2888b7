/**
 * What a simulated internet consists of, as plain records, and the file that describes one.
 *
 * <p>A {@link io.nettrace.lab.scenario.Scenario} is seen from one vantage point: routers with their
 * habits, destinations with the routes to them, and a programme of what happens when. Rules: every
 * reference is to something that exists, every address is used once, and all addresses lie in
 * ranges reserved for documentation and benchmarks, so that a stray packet reaches nobody. A file
 * is checked against {@code scenario.schema.json} and then for these rules; each problem names
 * file, JSON pointer and reason.
 */
@NullMarked
package io.nettrace.lab.scenario;

import org.jspecify.annotations.NullMarked;
