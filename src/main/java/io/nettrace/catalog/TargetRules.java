package io.nettrace.catalog;

import io.nettrace.catalog.TargetOutcome.Fault;
import io.nettrace.platform.text.NameText;
import io.nettrace.scanner.AddressPolicy;
import io.nettrace.scanner.AddressPolicy.Judgement;
import io.nettrace.scanner.HostRules;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks a draft, whatever the plan; what passes is in its one form. */
final class TargetRules {
  private static final int MOST_TAGS = 20;
  private static final int LONGEST_TAG = 40;
  static final int LONGEST_NAME = 100;
  private static final int MOST_PORT = 65_535;
  private static final Duration SLOWEST = Duration.ofHours(24);

  /** Whatever no vantage point may probe is refused at once; each judges again by its own. */
  private static final List<AddressPolicy> POLICIES =
      List.of(AddressPolicy.ofInternet(Set::of), AddressPolicy.ofLab(Set::of));

  private final List<Fault> faults = new ArrayList<>();
  private final TargetDraft draft;
  private String host = "";

  private TargetRules(TargetDraft draft) {
    this.draft = draft;
  }

  /** The draft as it is kept, or what is wrong with it. */
  sealed interface Checked {
    record Sound(TargetDraft draft) implements Checked {}

    record Faulty(List<Fault> faults) implements Checked {}
  }

  static Checked check(TargetDraft draft) {
    TargetRules rules = new TargetRules(draft);
    rules.host();
    rules.numbers();
    rules.words();
    return rules.faults.isEmpty()
        ? new Checked.Sound(rules.normal())
        : new Checked.Faulty(rules.faults);
  }

  private TargetDraft normal() {
    return new TargetDraft(
        host,
        draft.port(),
        draft.methods(),
        kept(draft.name(), LONGEST_NAME),
        draft.tags().stream().map(tag -> kept(tag, LONGEST_TAG)).distinct().sorted().toList(),
        draft.burstEvery(),
        draft.paused());
  }

  private void host() {
    switch (HostRules.read(draft.host())) {
      case HostRules.Host.Name(String text) -> host = text;
      case HostRules.Host.Literal(String text, InetAddress address) -> {
        host = text;
        literal(address);
      }
      case HostRules.Host.Refused(String reason) -> fault("host", reason);
    }
  }

  private void literal(InetAddress address) {
    List<Judgement> judgements = POLICIES.stream().map(policy -> policy.judge(address)).toList();
    if (judgements.stream().noneMatch(Judgement.Allowed.class::isInstance)
        && judgements.getFirst() instanceof Judgement.Refused refused) {
      fault("host", refused.reason());
    }
  }

  private void numbers() {
    if (draft.port() < 1 || draft.port() > MOST_PORT) {
      fault("port", "a port is 1 to " + MOST_PORT);
    }
    if (draft.methods().isEmpty()) {
      fault("methods", "there is at least one of icmp, udp, tcp");
    }
    if (new HashSet<>(draft.methods()).size() < draft.methods().size()) {
      fault("methods", "each method is named once");
    }
    Duration every = draft.burstEvery();
    boolean whole = every.equals(Duration.ofSeconds(every.toSeconds()));
    if (!whole || every.toSeconds() < 1 || every.compareTo(SLOWEST) > 0) {
      fault("interval", "an interval is whole seconds, 1 s to 24 h");
    }
  }

  private void words() {
    NameText.parse(draft.name(), LONGEST_NAME).bad().ifPresent(why -> fault("name", why));
    if (draft.tags().size() > MOST_TAGS) {
      fault("tags", "there are at most %d tags".formatted(MOST_TAGS));
    }
    draft.tags().stream()
        .flatMap(tag -> NameText.parse(tag, LONGEST_TAG).bad().stream())
        .findFirst()
        .ifPresent(why -> fault("tags", "each " + why));
  }

  private static String kept(String name, int longest) {
    return NameText.parse(name, longest).good().orElseThrow();
  }

  private void fault(String field, String reason) {
    faults.add(new Fault(field, reason));
  }
}
