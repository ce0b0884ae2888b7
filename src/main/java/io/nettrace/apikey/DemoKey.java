package io.nettrace.apikey;

import io.nettrace.apikey.IssueOutcome.Issued;
import io.nettrace.platform.Actor;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import io.nettrace.platform.StartPhase;
import io.nettrace.platform.secret.Secrets;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The first key of a new installation, so that there is something to try the API with. */
@Service
public class DemoKey {
  static final String FILE = "demo-api-key";

  /** The demo tenant. */
  static final UUID TENANT = UUID.fromString("00000000-0000-7000-8000-000000000001");

  private static final NewKey WISH =
      new NewKey(
          TENANT,
          "demo",
          KeyKind.LIVE,
          KeyRules.allowed(KeyKind.LIVE),
          Optional.empty(),
          List.of());

  private final ApiKeys keys;
  private final ApiKeyConfig config;
  private final Secrets secrets;

  @Inject
  DemoKey(ApiKeys keys, ApiKeyConfig config, Secrets secrets) {
    this.keys = keys;
    this.config = config;
    this.secrets = secrets;
  }

  /** After the keys were loaded. A key that was withdrawn is not replaced. */
  void issue(@Observes @Priority(StartPhase.SERVE) DatabaseReady ready) {
    if (config.demo()
        && keys.list(TENANT).isEmpty()
        && keys.issue(new Actor.System("demo"), WISH) instanceof Issued issued) {
      var _ = secrets.keep(FILE, issued.text());
    }
  }
}
