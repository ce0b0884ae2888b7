/**
 * Events that were kept, and those who follow them.
 *
 * <pre>
 *   Tx.publish, Tx.audit ──► events.events ──► named consumers: one node of all, in order, each
 *                              (per database)    event until it is taken in or a dead letter
 *                                          └──► followers: every node, from now on, in memory
 * </pre>
 *
 * <p>Rules:
 *
 * <ul>
 *   <li>Events are read in the order of (xid, seq), below the oldest transaction that still writes.
 *       So none is passed over that commits late; a long writing transaction delays all.
 *   <li>The events of one tenant are in the order of their transactions only where these wait for
 *       each other; an event that replaces an earlier one says so by a version in its body.
 *   <li>A consumer may get an event twice and tells them apart by {@code seq}. What it changes with
 *       the {@code Tx} that it is given is changed once.
 *   <li>Nodes wake each other by one signal in 50 ms at most, and look by themselves now and then.
 * </ul>
 */
@NullMarked
package io.nettrace.platform.event;

import org.jspecify.annotations.NullMarked;
