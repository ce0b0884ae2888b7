package io.nettrace.export;

import io.nettrace.scan.RecordOf;
import io.nettrace.tenant.Tenant;
import java.time.Instant;
import java.util.List;

/**
 * What an export shall hold: the bursts of some targets from one vantage point, from {@code start}
 * until before {@code end}, as they were known at {@code asOf}.
 *
 * @param tenant who orders it
 */
public record ExportOrder(
    Tenant tenant,
    List<Item> targets,
    String vantagePoint,
    boolean simulated,
    Instant start,
    Instant end,
    Instant asOf,
    Format format,
    Compression compression) {

  public static final int MOST_TARGETS = 500;

  /** A target, of the catalogue or of the tenant's own. */
  public record Item(RecordOf whose, String targetId, String host) {
    boolean own() {
      return whose instanceof RecordOf.Own;
    }
  }

  public ExportOrder {
    targets = List.copyOf(targets);
    for (Item item : targets) {
      if (item.whose() instanceof RecordOf.Own(Tenant owner) && !owner.id().equals(tenant.id())) {
        throw new IllegalArgumentException("a tenant exports no other's targets");
      }
    }
    if (targets.isEmpty() || targets.size() > MOST_TARGETS) {
      throw new IllegalArgumentException("an export has 1 to " + MOST_TARGETS + " targets");
    }
    if (!start.isBefore(end)) {
      throw new IllegalArgumentException("an export starts before it ends");
    }
  }

  String fileName(Item target) {
    String suffix = format == Format.PARQUET ? "" : compression.suffix();
    return target.targetId() + "." + format.extension() + suffix;
  }
}
