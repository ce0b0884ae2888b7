/**
 * People: who they are, how they show it, and what they may do for which tenant.
 *
 * <pre>
 *  e-mail, password ─► {@link io.nettrace.identity.SignIns} ─► second factor? ─► session ─► {@link
 *  io.nettrace.identity.Sessions}.verify ─► session.may(permission)
 * </pre>
 *
 * <p>Rules:
 *
 * <ul>
 *   <li>Nobody learns from an answer, or from how long it takes, whether an e-mail address has an
 *       account.
 *   <li>What opens something (session, link, challenge, recovery code) has at least 80 random bits
 *       and is stored as a SHA-256 only. A one-time token is used once, whoever is faster.
 *   <li>Passwords follow NIST SP 800-63B-4: long rather than complicated, Unicode, not known to be
 *       common; kept with Argon2id.
 *   <li>Deny by default: {@link io.nettrace.identity.Role#permissions} is the only table of who may
 *       do what, {@link io.nettrace.identity.Session#may} the only question.
 *   <li>Whoever changes password or factors ends all sessions of the person; the acting one goes on
 *       under a new token.
 *   <li>A tenant always has an owner.
 *   <li>A revoked session is refused on every node within a second.
 * </ul>
 *
 * <p>Out of scope: cookies and pages (edge), what a tenant is (tenant), keys of programs (apikey).
 */
@NullMarked
package io.nettrace.identity;

import org.jspecify.annotations.NullMarked;
