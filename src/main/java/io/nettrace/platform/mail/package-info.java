/**
 * Mail to people: stored in the transaction that has a reason for it, sent soon after.
 *
 * <pre>
 *  caller's transaction ─► outbox_mails, and a job ─► courier ─► mailbox folder, or an SMTP server
 * </pre>
 *
 * <p>Rules:
 *
 * <ul>
 *   <li>A mail exists if and only if its transaction committed. It is sent at least once: a node
 *       that dies between sending and saying so leaves a mail that is sent again, under the same
 *       message id.
 *   <li>A mail's text may hold a token: it is wiped when the mail was sent or dropped, and seven
 *       days after it was given up, until when an operator may replay it. What was sent is
 *       forgotten after a day, what failed after thirty.
 *   <li>What stands in a header is one line of bounded length, whoever wrote it.
 * </ul>
 */
@NullMarked
package io.nettrace.platform.mail;

import org.jspecify.annotations.NullMarked;
