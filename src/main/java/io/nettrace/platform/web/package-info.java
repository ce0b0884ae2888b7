/**
 * What every door to the web does alike: the session's cookie, and whose page a request is from.
 */
@NullMarked
package io.nettrace.platform.web;

import org.jspecify.annotations.NullMarked;
