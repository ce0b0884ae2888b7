package io.nettrace.tenant;

import io.nettrace.platform.Database;
import io.nettrace.platform.Service;

/** The logins of tenants, each with a pool of connections of its own. */
@Service
public class Cells {
  Database database(int cell) {
    throw new IllegalStateException("cell " + cell + " is unknown");
  }
}
