package io.nettrace.edge;

import io.nettrace.apikey.ApiKeyConfig;
import io.nettrace.desk.DeskConfig;
import io.nettrace.edge.api.http.ApiConfig;
import io.nettrace.edge.api.idempotency.IdempotencyConfig;
import io.nettrace.edge.api.operator.OperatorBeans;
import io.nettrace.edge.canary.CanaryConfig;
import io.nettrace.edge.portal.PortalConfig;
import io.nettrace.export.ExportConfig;
import io.nettrace.geo.GeoConfig;
import io.nettrace.identity.IdentityConfig;
import io.nettrace.onboarding.OnboardingConfig;
import io.nettrace.platform.ConfigurationException;
import io.nettrace.platform.PublicAddress;
import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import io.nettrace.platform.crypto.CryptoBeans;
import io.nettrace.platform.event.EventConfig;
import io.nettrace.platform.mail.MailConfig;
import io.nettrace.platform.web.WebConfig;
import io.nettrace.sample.ReadConfig;
import io.nettrace.sample.RetentionConfig;
import io.nettrace.sample.SampleConfig;
import io.nettrace.scan.ScanConfig;
import io.nettrace.tenant.TenantConfig;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every setting of the application but those that the launcher reads, too. The reference is written
 * from this list, and the launcher judges what is set by it before anything is started; it calls
 * this class by its name, with the JDK's classes and these, so no rule needs anything else.
 */
public final class AllSettings {
  /** Settings that belong together. */
  public record Section(String title, List<Setting<?>> settings) {}

  public static final List<Section> SECTIONS =
      List.of(
          new Section("Scan", ScanConfig.SETTINGS),
          new Section("Record", SampleConfig.SETTINGS),
          new Section("Reading the record", ReadConfig.SETTINGS),
          new Section("Retention of the record", RetentionConfig.SETTINGS),
          new Section("Places of addresses", GeoConfig.SETTINGS),
          new Section("API keys", ApiKeyConfig.SETTINGS),
          new Section("What one tenant may do", DeskConfig.SETTINGS),
          new Section("API", ApiConfig.SETTINGS),
          new Section("Doors to the web", WebConfig.SETTINGS),
          new Section("Portal", PortalConfig.SETTINGS),
          new Section("Requests that are sent again", IdempotencyConfig.SETTINGS),
          new Section("Tenants", TenantConfig.SETTINGS),
          new Section("Declared tenants", OnboardingConfig.SETTINGS),
          new Section("People", IdentityConfig.SETTINGS),
          new Section("Secrets", CryptoBeans.SETTINGS),
          new Section("Mail", MailConfig.SETTINGS),
          new Section("Events", EventConfig.SETTINGS),
          new Section("How people reach us", PublicAddress.SETTINGS),
          new Section("Operator", OperatorBeans.SETTINGS),
          new Section("Canary tenants", CanaryConfig.SETTINGS),
          new Section("Exports", ExportConfig.SETTINGS));

  private AllSettings() {}

  /** A sentence for each that is wrong, but for those of {@code others}. */
  public static List<String> wrong(Function<String, Optional<String>> source, Set<String> others) {
    try {
      new Settings(source)
          .check(all().filter(setting -> !others.contains(setting.name())).toList());
      return List.of();
    } catch (ConfigurationException e) {
      return e.problems();
    }
  }

  public static Set<String> names() {
    return all().map(Setting::name).collect(Collectors.toUnmodifiableSet());
  }

  private static Stream<Setting<?>> all() {
    return SECTIONS.stream().flatMap(section -> section.settings().stream());
  }
}
