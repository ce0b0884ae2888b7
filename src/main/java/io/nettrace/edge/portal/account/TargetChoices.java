package io.nettrace.edge.portal.account;

import io.nettrace.catalog.CustomTargets;
import io.nettrace.catalog.Targets;
import io.nettrace.edge.portal.Visit;
import io.nettrace.platform.Service;
import io.nettrace.scan.RecordOf;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The targets that a form offers: the tenant's own, then the catalogue's. */
@Service
public class TargetChoices {
  private final Targets catalogue;
  private final CustomTargets custom;

  /** A target to choose. */
  public record Choice(RecordOf whose, String id, String name, String host, boolean chosen) {}

  @Inject
  TargetChoices(Targets catalogue, CustomTargets custom) {
    this.catalogue = catalogue;
    this.custom = custom;
  }

  /**
   * All that the visitor sees.
   *
   * @param chosen ids of those that are ticked
   */
  List<Choice> all(Visit visit, Set<String> chosen) {
    Stream<Choice> own =
        visit.hasOwnTargets()
            ? custom.all(visit.ofTenant()).stream()
                .map(
                    one ->
                        new Choice(
                            new RecordOf.Own(visit.ofTenant()),
                            one.id(),
                            one.name(),
                            one.host(),
                            chosen.contains(one.id())))
            : Stream.empty();
    Stream<Choice> shared =
        catalogue.all().stream()
            .map(
                one ->
                    new Choice(
                        RecordOf.CATALOGUE,
                        one.id(),
                        one.name(),
                        one.host(),
                        chosen.contains(one.id())));
    return Stream.concat(own, shared).toList();
  }
}
