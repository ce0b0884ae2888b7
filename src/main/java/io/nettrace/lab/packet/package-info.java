/**
 * The bytes of the simulated internet: reads the probes that a kernel sends and composes what
 * routers and hosts answer, without I/O and without allocation.
 *
 * <p>Written apart from the prober's codecs on purpose: an error in one is found by the other. IPv4
 * addresses are kept as IPv4-mapped IPv6 addresses in two longs, so that there is one way to look
 * an address up.
 */
@NullMarked
package io.nettrace.lab.packet;

import org.jspecify.annotations.NullMarked;
