/**
 * Starts everything on one machine and stops it again: the embedded PostgreSQL (or somebody
 * else's), Payara Micro with the web application, and the local scanner in a process of its own.
 * Its PostgreSQL and the scanner are started again whenever they end.
 *
 * <p>Rules: a start that cannot work says what is wrong and how to mend it, and leaves nothing
 * running; whatever was left behind by a killed start is taken over; SIGTERM, Ctrl-C and the death
 * of the Maven that started it stop all of it within five seconds. Lives outside the WAR and is
 * imported by nobody.
 */
@NullMarked
package io.nettrace.launcher;

import org.jspecify.annotations.NullMarked;
