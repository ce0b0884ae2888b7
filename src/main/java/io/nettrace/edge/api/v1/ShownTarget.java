package io.nettrace.edge.api.v1;

import io.nettrace.catalog.CustomTarget;
import io.nettrace.catalog.Target;
import io.nettrace.catalog.Venue;
import io.nettrace.metric.Protocol;
import io.nettrace.scan.RecordOf;
import io.nettrace.tenant.Tenant;
import java.util.List;
import java.util.Optional;

/**
 * A target as this API shows it: one of the catalogue, or one of the caller's own.
 *
 * @param whose in whose record its measurements stand
 * @param category a word; {@value #CUSTOM} for one of the caller's own
 * @param operator who runs it; not known of the caller's own
 */
record ShownTarget(
    RecordOf whose,
    String id,
    String name,
    String host,
    String category,
    Optional<String> operator,
    int port,
    List<Protocol> methods,
    List<String> tags,
    Optional<Venue> venue) {
  static final String CUSTOM = "custom";

  static ShownTarget of(Target target) {
    return new ShownTarget(
        RecordOf.CATALOGUE,
        target.id(),
        target.name(),
        target.host(),
        target.category().word(),
        Optional.of(target.operator()),
        target.port(),
        target.methods(),
        List.of(),
        target.venue());
  }

  static ShownTarget of(Tenant tenant, CustomTarget own) {
    return new ShownTarget(
        new RecordOf.Own(tenant),
        own.id(),
        own.name(),
        own.host(),
        CUSTOM,
        Optional.empty(),
        own.port(),
        own.methods(),
        own.tags(),
        Optional.empty());
  }
}
