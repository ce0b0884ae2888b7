/**
 * The program at a vantage point: it pulls an {@link io.nettrace.scanner.Assignment}, runs the
 * prober, and pushes numbered {@link io.nettrace.scanner.Delivery deliveries} until each is
 * acknowledged. This root package is the contract that the control plane speaks with it.
 *
 * <p>Rules: a delivery is identified by (spool, sequence) and may arrive any number of times; the
 * control plane stores it once. Several scanners may share a vantage point: each measures the
 * slices that its {@link io.nettrace.scanner.Lease} holds, at times that the targets' order and the
 * database's clock fix, so that a target is measured once in a cycle whoever does it. A scanner
 * that cannot reach the control plane goes on measuring if it is the only one of its vantage point,
 * and pauses when its lease is over if it is not.
 */
@NullMarked
package io.nettrace.scanner;

import org.jspecify.annotations.NullMarked;
