package io.nettrace.tenant;

import io.nettrace.platform.DatabaseUnavailableException;

/** A tenant's schema could not be brought up to date yet; all others are served. */
public final class TenantBehindException extends DatabaseUnavailableException {
  private static final long serialVersionUID = 1;

  TenantBehindException(Tenant tenant) {
    super("the schema of the tenant " + tenant.slug() + " is not up to date yet");
  }
}
