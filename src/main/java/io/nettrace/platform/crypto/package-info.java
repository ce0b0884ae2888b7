/**
 * The crypto port: the only package that encrypts, signs and derives keys.
 *
 * <pre>
 *  installation's key ──wraps──► data key of a tenant (platform.data_keys) ──seals──► a value
 *                                or of what belongs to no tenant
 * </pre>
 *
 * <p>Rules:
 *
 * <ul>
 *   <li>A sealed value names its format and its data key, and opens only in the tenant, table,
 *       column and row that it was sealed for.
 *   <li>Another key of the installation wraps the data keys again; no value is written for it.
 *   <li>A data key goes with its tenant, and what it sealed is shredded by that, wherever copies
 *       are.
 *   <li>AES-256-GCM, HMAC-SHA-256 and HKDF-SHA-256 of the JDK; a secret has one purpose, and what
 *       needs a further one derives a key with that purpose's name.
 * </ul>
 */
@NullMarked
package io.nettrace.platform.crypto;

import org.jspecify.annotations.NullMarked;
