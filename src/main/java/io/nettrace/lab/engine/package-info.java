/**
 * Carries packets through a scenario: which router or host answers a probe, with what, and when.
 *
 * <pre>
 *   TUN ──read──► Responder ──reply, due──► ReplyQueue ──when due, write──► TUN
 *                    │ Topology (fixed) · Conditions (replaced by events)     │
 *                    └ RateLimiter · NameService                              └► DelayLog
 * </pre>
 *
 * <p>Rules: one thread does all of it ({@link io.nettrace.lab.engine.LabEngine}); everything below
 * it takes the time as an argument and knows no device, so that it is tested without one; nothing
 * is allocated per packet except for DNS; a full queue drops and counts. The delay that counts is
 * the one between reading a probe and writing its answer, on one clock, kept in the {@link
 * io.nettrace.lab.engine.DelayLog}.
 */
@NullMarked
package io.nettrace.lab.engine;

import org.jspecify.annotations.NullMarked;
