/**
 * The web portal: pages through which people find, understand and trust the measurements, and run
 * their account.
 *
 * <pre>
 *   browser ─► Door ─► page.xhtml ─► the page's bean ─► façades
 *               │                        └ formats, decides nothing
 *               └ who visits, and may they see this page?
 * </pre>
 *
 * <p>Rules:
 *
 * <ul>
 *   <li>The address says what a page shows. Views are stateless and there is no session in memory,
 *       so any node answers the next request, and the back button and shared links work.
 *   <li>Every page stands in {@link io.nettrace.edge.portal.PortalPage} with what it needs; what
 *       does not stand there is not found.
 *   <li>A bean that changes something asks {@link io.nettrace.edge.portal.Visit#require} first.
 *   <li>Scripts are files of ours or of a WebJar; nothing is loaded from another host.
 *   <li>Every page can be read without scripts.
 * </ul>
 */
@NullMarked
package io.nettrace.edge.portal;

import org.jspecify.annotations.NullMarked;
