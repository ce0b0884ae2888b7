package io.nettrace.catalog;

import java.util.List;

/** What came of adding many targets at once: all of them were added, or none. */
public sealed interface ImportOutcome {
  record Imported(List<CustomTarget> targets) implements ImportOutcome {
    public Imported {
      targets = List.copyOf(targets);
    }
  }

  record Refused(List<Row> rows) implements ImportOutcome {
    public Refused {
      rows = List.copyOf(rows);
    }
  }

  /** More rows than are taken at once. */
  record TooMany(int most) implements ImportOutcome {}

  /** Why a row (the first is 0) cannot be added: never {@link TargetOutcome.Saved}. */
  record Row(int row, TargetOutcome why) {}
}
