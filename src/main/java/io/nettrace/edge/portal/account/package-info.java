/** Pages of a tenant's own affairs: keys, members, targets, lists, use, plan and settings. */
@NullMarked
package io.nettrace.edge.portal.account;

import org.jspecify.annotations.NullMarked;
