/**
 * A simulated internet that answers real packets: a TUN device in a network namespace of its own,
 * behind which a {@link io.nettrace.lab.scenario.Scenario} is played. Probers, and any other
 * program, run against it unchanged.
 *
 * <p>{@link io.nettrace.lab.Lab#start} makes one, {@link io.nettrace.lab.Lab#namespace} says where
 * to send from, {@link io.nettrace.lab.Lab#fire} lets things happen, {@link
 * io.nettrace.lab.Lab#log} holds the true delays. It needs Linux, a readable {@code /dev/net/tun}
 * and the right to make network namespaces (root, or a user namespace: {@code unshare -Ur}); {@link
 * io.nettrace.lab.Lab#unavailable} says what is missing. Nothing is left behind when the process
 * ends, however it ends.
 *
 * <p>Below: {@code scenario} (what there is, and its file) · {@code topology} (makes scenarios) ·
 * {@code packet} (bytes) · {@code engine} (what happens to a packet) · {@code cli} (runs programs
 * inside).
 */
@NullMarked
package io.nettrace.lab;

import org.jspecify.annotations.NullMarked;
