package io.nettrace.edge.portal.record;

import io.nettrace.catalog.Category;
import io.nettrace.edge.portal.DisplayFormat;
import io.nettrace.edge.portal.Once;
import io.nettrace.edge.portal.Page;
import io.nettrace.sample.LastHour;
import io.nettrace.scan.VantagePoint;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The first page: what is measured right now, and a few targets of each kind. */
@Page
public class Landing {
  private static final int PER_CATEGORY = 3;

  @Inject Board board;

  private @Nullable List<ShownTargetState> all;

  /** A kind of target, and some of it. */
  public record Group(String title, int size, List<Overview.Entry> entries) {}

  @Once
  public List<Group> groups() {
    return Arrays.stream(Category.values()).map(this::group).toList();
  }

  public Optional<VantagePoint> from() {
    return board.from(Optional.empty(), Optional.empty());
  }

  public int total() {
    return all().size();
  }

  public long answering() {
    return ShownTargetState.count(all(), Health.ANSWERING);
  }

  /** Probes of the last hour, to all targets together. */
  public String probes() {
    return "%,d"
        .formatted(
            all().stream()
                .flatMap(target -> target.standing().stream())
                .flatMap(standing -> standing.lastHour().stream())
                .mapToLong(LastHour::sent)
                .sum());
  }

  public String nearest() {
    return extreme(0);
  }

  public String farthest() {
    return extreme(1);
  }

  private String extreme(int which) {
    long[] delays = ShownTargetState.delaysNow(all());
    return delays.length == 0
        ? DisplayFormat.NOTHING
        : DisplayFormat.millis(delays[which == 0 ? 0 : delays.length - 1]);
  }

  private Group group(Category category) {
    List<ShownTargetState> its =
        all().stream().filter(target -> target.category().equals(category.word())).toList();
    return new Group(
        category.title(),
        its.size(),
        its.stream().limit(PER_CATEGORY).map(one -> Overview.Entry.of(one, null)).toList());
  }

  private List<ShownTargetState> all() {
    if (all == null) {
      all = board.catalogue(from());
    }
    return all;
  }
}
