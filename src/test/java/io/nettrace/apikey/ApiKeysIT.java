package io.nettrace.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Migrations;
import io.nettrace.testing.SharedPostgres;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class ApiKeysIT {
  private final Database database = SharedPostgres.freshDatabase();

  ApiKeysIT() {
    new Migrations(database).apply();
  }

  private ApiKeys keys(String pepper) {
    ApiKeys keys = new ApiKeys(database, new KeyDigest(pepper), Clock.systemUTC());
    keys.load(new DatabaseReady());
    return keys;
  }

  @Test
  void anIssuedKeyIsAcceptedAlsoAfterARestart() {
    String text = keys("pepper").issue("a").text();
    assertThat(keys("pepper").verify(text)).isInstanceOf(KeyVerdict.Accepted.class);
  }

  @Test
  void aRevokedKeyIsRefusedAtOnceAndForEver() {
    ApiKeys keys = keys("pepper");
    ApiKeys.Issued issued = keys.issue("a");
    keys.revoke(issued.key().id());
    assertThat(keys.verify(issued.text())).isInstanceOf(KeyVerdict.Revoked.class);
    assertThat(keys("pepper").verify(issued.text())).isInstanceOf(KeyVerdict.Revoked.class);
  }

  @Test
  void theKeyItselfIsNotInTheDatabaseAndItsDigestNeedsThePepper() {
    String text = keys("pepper").issue("a").text();
    assertThat(keys("another").verify(text)).isInstanceOf(KeyVerdict.Unknown.class);
    String rows =
        database.run(
            connection -> {
              try (var query =
                      connection.prepareStatement(
                          "select string_agg(k::text, ' ') from platform.api_keys k");
                  var row = query.executeQuery()) {
                row.next();
                return row.getString(1);
              }
            });
    assertThat(rows).doesNotContain(text.substring(14, 40));
  }
}
