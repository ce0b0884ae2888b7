/**
 * Makes scenarios: {@link io.nettrace.lab.topology.Topologies} from a seed, for tests and
 * benchmarks, and {@link io.nettrace.lab.topology.Atlas} from the places of real targets, for the
 * shipped one.
 *
 * <p>Rules: the same input gives the same scenario; every delay on a route is at least the one
 * before it; all addresses come from {@link io.nettrace.lab.topology.AddressPlan}.
 */
@NullMarked
package io.nettrace.lab.topology;

import org.jspecify.annotations.NullMarked;
