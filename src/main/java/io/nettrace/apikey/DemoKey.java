package io.nettrace.apikey;

import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import io.nettrace.platform.secret.Secrets;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;

/** The first key of a new installation, so that there is something to try the API with. */
@Service
public class DemoKey {
  static final String FILE = "demo-api-key";

  private final ApiKeys keys;
  private final ApiKeyConfig config;
  private final Secrets secrets;

  @Inject
  DemoKey(ApiKeys keys, ApiKeyConfig config, Secrets secrets) {
    this.keys = keys;
    this.config = config;
    this.secrets = secrets;
  }

  /** After the keys were loaded. */
  void issue(@Observes @Priority(Interceptor.Priority.APPLICATION) DatabaseReady ready) {
    if (config.demo() && keys.all().isEmpty()) {
      var _ = secrets.keep(FILE, keys.issue("demo").text());
    }
  }
}
