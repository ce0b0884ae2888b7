package io.nettrace.sample;

import io.nettrace.platform.Service;
import io.nettrace.scan.VantagePoint;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.TenantSettings;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which vantage point is meant where a reader names none: the tenant's default, else the
 * installation's, else the first by name of those that measure. A default that has measured nothing
 * for a day gives way to the next, and the reader is told.
 */
@Service
public class DefaultVantagePoints {
  private final ReadConfig config;
  private final TenantSettings settings;
  private final Latest latest;

  /**
   * What is meant.
   *
   * @param vantagePoint empty before the first scan
   * @param notice a sentence for the reader when it is another than was set; empty else
   */
  public record Meant(Optional<VantagePoint> vantagePoint, Optional<String> notice) {}

  /** A default that was set, and by whom, in words. */
  private record Default(String whose, String name) {}

  @Inject
  DefaultVantagePoints(ReadConfig config, TenantSettings settings, Latest latest) {
    this.config = config;
    this.settings = settings;
    this.latest = latest;
  }

  /** What a reader means who acts for {@code tenant}, or for none. */
  public Meant of(Optional<Tenant> tenant, Snapshot snapshot) {
    List<Default> set =
        Stream.of(
                tenant
                    .flatMap(one -> settings.of(one.id()).vantagePoint())
                    .map(name -> new Default("Your", name)),
                config.vantagePoint().map(name -> new Default("The installation's", name)))
            .flatMap(Optional::stream)
            .toList();
    for (Default one : set) {
      Optional<VantagePoint> point = active(one.name(), snapshot);
      if (point.isPresent()) {
        return new Meant(point, notice(set.getFirst(), point));
      }
    }
    Optional<VantagePoint> usual = snapshot.usualVantagePoint();
    return new Meant(usual, set.stream().findFirst().flatMap(first -> notice(first, usual)));
  }

  /** What a reader means who goes on with what it read, whatever the default is now. */
  public Meant goneOnFrom(VantagePoint point, Snapshot snapshot) {
    Optional<String> notice =
        active(point.name(), snapshot).isPresent()
            ? Optional.empty()
            : Optional.of(
                ("Vantage point %s, which the cursor names, has measured nothing for a day;"
                        + " shown is what it saw.")
                    .formatted(point.name()));
    return new Meant(Optional.of(point), notice);
  }

  /** What a tenant without a default of its own gets of the catalogue. */
  public Optional<VantagePoint> ofInstallation() {
    return of(Optional.empty(), latest.snapshot()).vantagePoint();
  }

  /** Which can be chosen: those that have measured within a day of the newest, by name. */
  public List<VantagePoint> choices() {
    return latest.snapshot().activeVantagePoints();
  }

  /** Why a default cannot be chosen, with those that can; empty when it can. */
  public Optional<String> refusal(String name) {
    if (active(name, latest.snapshot()).isPresent()) {
      return Optional.empty();
    }
    String names = choices().stream().map(VantagePoint::name).collect(Collectors.joining(", "));
    return Optional.of(
        names.isEmpty()
            ? "cannot be chosen before anything is measured"
            : "is not measured from; choose one of " + names);
  }

  private static Optional<VantagePoint> active(String name, Snapshot snapshot) {
    return snapshot.activeVantagePoints().stream()
        .filter(point -> point.name().equals(name))
        .findFirst();
  }

  private static Optional<String> notice(Default first, Optional<VantagePoint> instead) {
    return instead
        .map(VantagePoint::name)
        .filter(name -> !name.equals(first.name()))
        .map(
            name ->
                "%s default vantage point %s has measured nothing for a day; shown is what %s sees."
                    .formatted(first.whose(), first.name(), name));
  }
}
