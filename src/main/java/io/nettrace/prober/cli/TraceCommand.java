package io.nettrace.prober.cli;

import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import io.nettrace.prober.BurstSpec;
import io.nettrace.prober.Lookup;
import io.nettrace.prober.Prober;
import io.nettrace.prober.ProberConfig;
import io.nettrace.prober.Resolver;
import io.nettrace.prober.ResolverConfig;
import io.nettrace.prober.strategy.EngineBounds;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Traces hosts and measures their delay, all at once, and prints a table or JSON. */
@Command(
    name = "trace",
    description =
        "Traces hosts and measures their round-trip delay and loss, once or continuously.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every host was reached; with --continuous at least once",
      "1:a host was not reached, or measuring failed",
      "2:an option or argument is wrong"
    })
public final class TraceCommand implements Callable<Integer> {
  private static final int DNS_PORT = 53;
  private static final int ALL_REACHED = 0;
  private static final int SOME_NOT_REACHED = 1;

  private static final int USUAL_COUNT = 10;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final int MOST_ROUNDS = 1_000_000;
  private static final double SHORTEST_INTERVAL_SECONDS = 0.1;
  private static final double LONGEST_INTERVAL_SECONDS = 3600;
  private static final int MOST_PACKETS_PER_SECOND = 100_000;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "<host>", description = "Names or addresses.")
  private List<String> hosts = List.of();

  @Option(
      names = "--protocol",
      description =
          "${COMPLETION-CANDIDATES} (default: ICMP; TCP where this user may not send ICMP).")
  private @Nullable Protocol protocol;

  @Option(names = "--port", description = "Of UDP and TCP probes (default: 33434 and 443).")
  private @Nullable Integer port;

  @Option(
      names = "--continuous",
      description =
          "Goes on like mtr, with loss and delay of every hop, until --count rounds are complete or"
              + " Ctrl-C; then prints the report.")
  private boolean continuous;

  @Option(
      names = {"-i", "--interval"},
      paramLabel = "<seconds>",
      description = "Between the rounds of --continuous, 0.1 to 3600 (default: 1).")
  private @Nullable Double interval;

  @Option(
      names = {"-c", "--count"},
      description =
          "Packets of the burst (default: 10); with --continuous rounds (default: no end).")
  private @Nullable Integer count;

  @Option(
      names = "--as-table",
      paramLabel = "<file>",
      description =
          "Shows AS number and name of every hop, from a file in MaxMind's format such as"
              + " GeoLite2-ASN.mmdb; without it they are unknown, and the network is not asked.")
  private @Nullable Path asTable;

  @Option(
      names = "--flows",
      description = "Extra flows by which load balancing is looked for (default: 0).")
  private int flows = 0;

  @Option(names = "--pps", description = "Packets per second (default: ${DEFAULT-VALUE}).")
  private int packetsPerSecond = ProberConfig.defaults().packetsPerSecond();

  @Option(names = "--netns", description = "Network namespace, such as /run/netns/blue.")
  private @Nullable Path netns;

  @Option(names = "--nameserver", description = "Address of the name server to ask.")
  private @Nullable InetAddress nameserver;

  @Option(names = "--mode", description = "${COMPLETION-CANDIDATES} (default: the best allowed).")
  private @Nullable ProbeMode mode;

  @Option(names = "-4", description = "IPv4 only.")
  private boolean onlyIpv4;

  @Option(names = "-6", description = "IPv6 only.")
  private boolean onlyIpv6;

  @Option(names = "--json", description = "JSON instead of tables.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    check();
    try (AsTable systems = openTable();
        Resolver resolver = new Resolver(resolverConfig(), Clock.systemUTC());
        Prober prober = Prober.open(proberConfig())) {
      Measurement measurement =
          new Measurement(
              prober,
              Optional.ofNullable(protocol),
              port == null ? OptionalInt.empty() : OptionalInt.of(port),
              flows);
      HopNames names = new HopNames(resolver);
      return continuous
          ? watch(measurement, resolver, names, systems)
          : report(once(measurement, resolver), measurement, names, systems);
    }
  }

  private List<HostResult> once(Measurement measurement, Resolver resolver) {
    List<CompletableFuture<HostResult>> pending = new ArrayList<>();
    for (String host : hosts) {
      pending.add(
          resolver.resolve(ascii(host)).thenCompose(lookup -> measure(measurement, host, lookup)));
    }
    return pending.stream().map(CompletableFuture::join).toList();
  }

  private int report(
      List<HostResult> findings, Measurement measurement, HopNames names, AsTable systems) {
    PrintWriter out = out();
    if (json) {
      Prober prober = measurement.prober();
      new FindingJson(prober.mode(), prober.modeReason(), systems).print(findings, out);
    } else {
      findings.forEach(finding -> new FindingTable(names, systems).print(finding, out));
    }
    out.flush();
    return findings.stream().allMatch(HostResult::reached) ? ALL_REACHED : SOME_NOT_REACHED;
  }

  private int watch(Measurement measurement, Resolver resolver, HopNames names, AsTable systems) {
    List<HostResult> findings = new ArrayList<>();
    List<Rounds.Host> measured = new ArrayList<>();
    for (String host : hosts) {
      switch (resolver.resolve(ascii(host)).join()) {
        case Lookup.Failed failed -> findings.add(new HostResult.Unresolved(host, failed.reason()));
        case Lookup.Found found -> {
          Optional<InetAddress> chosen = chosen(found);
          if (chosen.isEmpty()) {
            findings.add(noAddress(host));
          } else {
            Rounds.Host one = Rounds.Host.of(host, found, chosen.get());
            measured.add(one);
            findings.add(new HostResult.Continuous(one.watched()));
          }
        }
      }
    }
    PrintWriter out = out();
    boolean terminal =
        !json && Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    WatchTable table = new WatchTable(names, systems);
    List<ContinuousHost> watched = measured.stream().map(Rounds.Host::watched).toList();
    try (Stop stop = new Stop()) {
      out.print(terminal ? Rounds.Screen.ENTER : "");
      try {
        new Rounds(measurement, measured, intervalOf(), stop.asked())
            .run(
                count == null ? Long.MAX_VALUE : count,
                () -> {
                  if (!json) {
                    Rounds.show(watched, table, terminal, out);
                  }
                });
      } finally {
        out.print(terminal ? Rounds.Screen.LEAVE : "");
        out.flush();
      }
      int code = report(findings, measurement, names, systems);
      stop.reported(code);
      return code;
    }
  }

  private Duration intervalOf() {
    return Duration.ofNanos(Math.round((interval == null ? 1 : interval) * NANOS_PER_SECOND));
  }

  private AsTable openTable() {
    try {
      return asTable == null ? AsTable.none() : AsTable.open(asTable);
    } catch (IOException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  private String ascii(String host) {
    return switch (HostText.parse(host)) {
      case HostText.Good(String ascii) -> ascii;
      case HostText.Bad(String sentence) -> throw refused(sentence);
    };
  }

  private CompletableFuture<HostResult> measure(
      Measurement measurement, String host, Lookup lookup) {
    return switch (lookup) {
      case Lookup.Failed failed ->
          CompletableFuture.completedFuture(new HostResult.Unresolved(host, failed.reason()));
      case Lookup.Found found -> {
        Optional<InetAddress> chosen = chosen(found);
        if (chosen.isEmpty()) {
          yield CompletableFuture.completedFuture(noAddress(host));
        }
        yield measurement
            .of(chosen.get(), count == null ? USUAL_COUNT : count, Duration.ofSeconds(1))
            .thenApply(
                result ->
                    new HostResult.Measured(
                        host,
                        found.answers(),
                        result.path(),
                        result.burst(),
                        Notes.of(found, result, measurement.prober().modeReason())));
      }
    };
  }

  private Optional<InetAddress> chosen(Lookup.Found found) {
    return found.answers().addresses().stream().filter(this::isOfFamily).findFirst();
  }

  private HostResult noAddress(String host) {
    return new HostResult.Unresolved(host, "no address of IPv" + (onlyIpv6 ? 6 : 4));
  }

  private boolean isOfFamily(InetAddress address) {
    boolean ipv6 = address instanceof Inet6Address;
    return onlyIpv4 == onlyIpv6 || ipv6 == onlyIpv6;
  }

  private void check() {
    hosts.forEach(this::ascii);
    requireWithin(
        "--count", count == null ? 1 : count, 1, continuous ? MOST_ROUNDS : BurstSpec.MAX_PACKETS);
    if (interval != null) {
      checkInterval(interval);
    }
    requireWithin("--flows", flows, 0, EngineBounds.EXTRA_FLOW_LIMIT);
    requireWithin("--pps", packetsPerSecond, 1, MOST_PACKETS_PER_SECOND);
    requireWithin("--port", port == null ? 1 : port, 1, 65_535);
    if (onlyIpv4 && onlyIpv6) {
      throw refused("-4 and -6 exclude each other.");
    }
    if (netns != null && !Files.exists(netns)) {
      throw refused("There is no network namespace at " + netns + ".");
    }
  }

  private void checkInterval(double seconds) {
    if (!continuous) {
      throw refused("--interval is for --continuous.");
    }
    if (!(seconds >= SHORTEST_INTERVAL_SECONDS && seconds <= LONGEST_INTERVAL_SECONDS)) {
      throw refused("--interval is 0.1 to 3600 seconds, not " + seconds + ".");
    }
  }

  private void requireWithin(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw refused(option + " is " + least + " to " + most + ", not " + value + ".");
    }
  }

  private ParameterException refused(String sentence) {
    if (spec == null) {
      throw new IllegalStateException("picocli runs this command");
    }
    return new ParameterException(spec.commandLine(), sentence);
  }

  private ProberConfig proberConfig() {
    ProberConfig config = ProberConfig.defaults().withPacketsPerSecond(packetsPerSecond);
    config = netns == null ? config : config.withNetns(netns);
    return mode == null ? config : config.withMode(mode);
  }

  private ResolverConfig resolverConfig() {
    ResolverConfig config = ResolverConfig.defaults();
    config = netns == null ? config : config.withNetns(netns);
    return nameserver == null
        ? config
        : config.withNameserver(new InetSocketAddress(nameserver, DNS_PORT));
  }

  private PrintWriter out() {
    return Optional.ofNullable(spec)
        .map(present -> present.commandLine().getOut())
        .orElseGet(() -> new PrintWriter(System.out, true, StandardCharsets.UTF_8));
  }
}
