/**
 * How a tenant begins, over all components that keep something of it: people who sign up, and
 * tenants that are declared in files.
 *
 * <pre>
 *  begin ──► slug kept, letter in the outbox       one transaction
 *    │ letter
 *    ▼
 *  confirm ──► schema, account, owner, plan, key, session    one transaction: whole or not at all
 * </pre>
 *
 * <p>Rules:
 *
 * <ul>
 *   <li>Whether an e-mail address has an account is told to nobody but its mailbox.
 *   <li>A sign-up is confirmed by somebody who has the mailbox <em>and</em> the password that was
 *       chosen: a stranger's sign-up with my address is worth nothing to the stranger.
 *   <li>Applying a declaration twice changes nothing the second time.
 * </ul>
 */
@NullMarked
package io.nettrace.onboarding;

import org.jspecify.annotations.NullMarked;
