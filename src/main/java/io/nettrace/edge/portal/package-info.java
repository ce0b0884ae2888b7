/**
 * The web portal: pages through which people find, understand and trust the measurements, and run
 * their account.
 *
 * <pre>
 *   browser ─► PortalFilter ─► page.xhtml ─► DeskInterceptor ─► the page's bean ─► façades
 *               │                                                   └ formats, decides nothing
 *               └ Desk: may this visitor open the page?
 * </pre>
 *
 * <p>Rules:
 *
 * <ul>
 *   <li>The address says what a page shows. Views are stateless and there is no session in memory,
 *       so any node answers the next request, and the back button and shared links work.
 *   <li>Every page stands in {@link io.nettrace.edge.portal.PortalPage} with what it needs; what
 *       does not stand there is not found.
 *   <li>A bean's method that changes something is {@link io.nettrace.edge.portal.Guarded} by its
 *       action.
 *   <li>Scripts are files of ours or of a WebJar; nothing is loaded from another host.
 *   <li>Every page can be read without scripts.
 * </ul>
 */
@NullMarked
package io.nettrace.edge.portal;

import org.jspecify.annotations.NullMarked;
