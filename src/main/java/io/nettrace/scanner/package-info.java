/**
 * The program at a vantage point: it pulls an {@link io.nettrace.scanner.Assignment}, runs the
 * prober, and pushes numbered {@link io.nettrace.scanner.Delivery deliveries} until each is
 * acknowledged. This root package is the contract that the control plane speaks with it.
 *
 * <p>Rules: a delivery is identified by (spool, sequence) and may arrive any number of times; the
 * control plane stores it once. A scanner that cannot reach the control plane goes on measuring.
 */
@NullMarked
package io.nettrace.scanner;

import org.jspecify.annotations.NullMarked;
