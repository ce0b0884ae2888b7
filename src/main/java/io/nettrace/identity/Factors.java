package io.nettrace.identity;

import io.nettrace.platform.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/** Which second factors a person has. */
final class Factors {
  private static final Sql OF =
      Sql.of(
          """
          select exists (select 1 from platform.authenticator_apps
              where account_id = :account_id and confirmed_at is not null),
            exists (select 1 from platform.passkeys where account_id = :account_id),
            exists (select 1 from platform.recovery_codes where account_id = :account_id)
          """);

  private Factors() {}

  /** Empty when the password is all; recovery codes only stand in for another factor. */
  static Set<Factor> of(Connection connection, UUID accountId) throws SQLException {
    return OF.bind("account_id", accountId)
        .first(
            connection,
            row -> {
              Set<Factor> factors = EnumSet.noneOf(Factor.class);
              if (row.getBoolean(1)) {
                factors.add(Factor.AUTHENTICATOR_APP);
              }
              if (row.getBoolean(2)) {
                factors.add(Factor.PASSKEY);
              }
              if (!factors.isEmpty() && row.getBoolean(3)) {
                factors.add(Factor.RECOVERY_CODE);
              }
              return factors;
            })
        .orElseThrow();
  }
}
