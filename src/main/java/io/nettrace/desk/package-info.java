/**
 * The desk between the doors and the house: who calls, which action they ask for, and whether they
 * may. API, portal and whatever door comes later ask {@link Desk} and nothing else; a door only
 * turns the {@link Decision} into its own answer.
 *
 * <ul>
 *   <li>An {@link Action} says what it takes: permission, entitlement of the plan, a person, a
 *       fresh proof of who is there, a tenant that is served.
 *   <li>What an action does not name is not checked, so every action is listed and every method of
 *       a door names one; what names none is not deployed.
 *   <li>Reads of the record take one of the tenant's {@link RecordReads turns}, whichever door they
 *       come by, and reach as far back as the plan's {@link Horizon}.
 * </ul>
 */
@NullMarked
package io.nettrace.desk;

import org.jspecify.annotations.NullMarked;
