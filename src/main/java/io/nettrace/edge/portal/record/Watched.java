package io.nettrace.edge.portal.record;

import io.nettrace.sample.Standing;
import io.nettrace.scan.RecordOf;
import io.nettrace.target.CustomTarget;
import io.nettrace.target.Target;
import io.nettrace.target.Venue;
import io.nettrace.tenant.Tenant;
import java.util.List;
import java.util.Optional;

/**
 * A target as pages show it, and how it stands: one of the catalogue, or one of the tenant's own.
 *
 * @param whose in whose record its measurements stand
 * @param category a word for addresses; {@value #CUSTOM} for one of the tenant's own
 * @param group the category as people read it
 * @param operator who runs it; not known of the tenant's own
 * @param standing empty until it was measured from the vantage point that is looked from
 */
record Watched(
    RecordOf whose,
    String id,
    String name,
    String host,
    String category,
    String group,
    Optional<String> operator,
    List<String> tags,
    Optional<Venue> venue,
    Optional<Standing> standing) {
  static final String CUSTOM = "custom";
  static final String CUSTOM_GROUP = "Your own targets";

  static Watched of(Target target, Optional<Standing> standing) {
    return new Watched(
        RecordOf.CATALOGUE,
        target.id(),
        target.name(),
        target.host(),
        target.category().word(),
        target.category().title(),
        Optional.of(target.operator()),
        List.of(),
        target.venue(),
        standing);
  }

  static Watched of(Tenant tenant, CustomTarget own, Optional<Standing> standing) {
    return new Watched(
        new RecordOf.Own(tenant),
        own.id(),
        own.name(),
        own.host(),
        CUSTOM,
        CUSTOM_GROUP,
        Optional.empty(),
        own.tags(),
        Optional.empty(),
        standing);
  }

  /** Where its page is: a host that the catalogue has too means the catalogue's. */
  String address() {
    return "/target/" + (whose instanceof RecordOf.Own ? id : host);
  }
}
