package io.nettrace.edge.api.catalog;

import io.nettrace.catalog.CustomTarget;
import io.nettrace.catalog.CustomTargets;
import io.nettrace.catalog.TargetDraft;
import io.nettrace.catalog.TargetLimits;
import io.nettrace.catalog.TargetOutcome.Fault;
import io.nettrace.edge.api.http.ConstantNames;
import io.nettrace.metric.Protocol;
import io.nettrace.platform.problem.Problem.FieldError;
import io.nettrace.platform.text.DomainName;
import io.nettrace.platform.text.NameText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of a target of its own. A new one needs host and port; of one that is there,
 * what is not said stays.
 */
record CustomTargetBody(
    @Nullable String host,
    @Nullable Integer port,
    @Nullable String name,
    @Nullable List<String> methods,
    @Nullable List<String> tags,
    @Nullable Long intervalSeconds,
    @Nullable Boolean paused) {
  private static final List<Protocol> STANDARD_METHODS = List.of(Protocol.ICMP, Protocol.TCP);
  private static final Duration STANDARD_INTERVAL = Duration.ofMinutes(1);

  /** For a host that is refused itself. */
  private static final String SOME_NAME = "target";

  /** Where an unknown method is told of, any known one keeps the rest from being misjudged. */
  private static final Protocol SOME = Protocol.ICMP;

  /** A draft, or everything that is wrong with what was said. */
  sealed interface Read {
    record Draft(TargetDraft draft) implements Read {}

    record Faulty(List<FieldError> errors) implements Read {}
  }

  /** As a new target. */
  Read added(TargetLimits limits) {
    Duration standard =
        limits.fastestInterval().compareTo(STANDARD_INTERVAL) > 0
            ? limits.fastestInterval()
            : STANDARD_INTERVAL;
    List<FieldError> errors = new ArrayList<>();
    if (host == null) {
      errors.add(new FieldError("host", "is needed"));
    }
    if (port == null) {
      errors.add(new FieldError("port", "is needed"));
    }
    TargetDraft defaults =
        new TargetDraft(
            host == null ? "" : host,
            port == null ? 0 : port,
            STANDARD_METHODS,
            host == null ? SOME_NAME : nameOf(host),
            List.of(),
            standard,
            false);
    return read(defaults, errors);
  }

  /** What a target is called whose name was not given, whatever form its host has. */
  private static String nameOf(String host) {
    String shown =
        NameText.parse(host, host.length() + 1)
            .good()
            .orElseGet(
                () ->
                    DomainName.parse(host) instanceof DomainName.Good(String ascii)
                        ? ascii
                        : SOME_NAME);
    return shown.codePointCount(0, shown.length()) <= CustomTargets.LONGEST_NAME
        ? shown
        : shown.substring(0, CustomTargets.LONGEST_NAME);
  }

  /** As a change of a target. */
  Read changing(CustomTarget before) {
    TargetDraft present =
        new TargetDraft(
            host == null ? before.host() : host,
            port == null ? before.port() : port,
            before.methods(),
            before.name(),
            before.tags(),
            before.burstEvery(),
            before.paused());
    return read(present, new ArrayList<>());
  }

  private Read read(TargetDraft otherwise, List<FieldError> errors) {
    TargetDraft draft =
        new TargetDraft(
            otherwise.host(),
            otherwise.port(),
            methods == null ? otherwise.methods() : methods(methods, errors),
            name == null ? otherwise.name() : name,
            tags == null ? otherwise.tags() : tags(tags, errors),
            intervalSeconds == null ? otherwise.burstEvery() : Duration.ofSeconds(intervalSeconds),
            paused == null ? otherwise.paused() : paused);
    Set<String> told = errors.stream().map(FieldError::parameter).collect(Collectors.toSet());
    CustomTargets.faults(draft).stream()
        .map(CustomTargetBody::error)
        .filter(error -> !told.contains(error.parameter()))
        .forEach(errors::add);
    return errors.isEmpty() ? new Read.Draft(draft) : new Read.Faulty(errors);
  }

  /** A fault in the words of this body. */
  static FieldError error(Fault fault) {
    return new FieldError(
        fault.field().equals("interval") ? "interval_seconds" : fault.field(), fault.reason());
  }

  private static List<Protocol> methods(List<@Nullable String> words, List<FieldError> errors) {
    List<Protocol> known = new ArrayList<>();
    for (String word : words) {
      ConstantNames.find(Protocol.class, String.valueOf(word)).ifPresent(known::add);
    }
    if (known.size() == words.size()) {
      return known;
    }
    errors.add(
        new FieldError(
            "methods", "must be some of " + String.join(", ", ConstantNames.all(Protocol.class))));
    return List.of(SOME);
  }

  private static List<String> tags(List<@Nullable String> texts, List<FieldError> errors) {
    List<String> tags = new ArrayList<>();
    for (String text : texts) {
      if (text != null) {
        tags.add(text);
      }
    }
    if (tags.size() < texts.size()) {
      errors.add(new FieldError("tags", "a tag is a text"));
    }
    return tags;
  }
}
