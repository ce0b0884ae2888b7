package io.nettrace.prober.cli;

import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import io.nettrace.prober.BurstSpec;
import io.nettrace.prober.Endpoint;
import io.nettrace.prober.Lookup;
import io.nettrace.prober.Prober;
import io.nettrace.prober.ProberConfig;
import io.nettrace.prober.Resolver;
import io.nettrace.prober.ResolverConfig;
import io.nettrace.prober.TraceSpec;
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
    description = "Traces hosts and measures their round-trip delay and loss.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every host was reached",
      "1:a host was not reached, or measuring failed",
      "2:an option or argument is wrong"
    })
public final class TraceCommand implements Callable<Integer> {
  private static final int DNS_PORT = 53;
  private static final int TRACEROUTE_PORT = 33_434;
  private static final int HTTPS_PORT = 443;
  private static final int ALL_REACHED = 0;
  private static final int SOME_NOT_REACHED = 1;

  private static final int MOST_FLOWS = 16;
  private static final int MOST_PACKETS_PER_SECOND = 100_000;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "<host>", description = "Names or addresses.")
  private List<String> hosts = List.of();

  @Option(
      names = "--protocol",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Protocol protocol = Protocol.ICMP;

  @Option(names = "--port", description = "Of UDP and TCP probes (default: 33434 and 443).")
  private @Nullable Integer port;

  @Option(names = "--count", description = "Packets of the burst (default: ${DEFAULT-VALUE}).")
  private int count = 10;

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
    try (Resolver resolver = new Resolver(resolverConfig(), Clock.systemUTC());
        Prober prober = Prober.open(proberConfig())) {
      List<CompletableFuture<Finding>> pending = new ArrayList<>();
      for (String host : hosts) {
        pending.add(resolver.resolve(host).thenCompose(lookup -> measure(prober, host, lookup)));
      }
      List<Finding> findings = pending.stream().map(CompletableFuture::join).toList();
      PrintWriter out = out();
      if (json) {
        new FindingJson(prober.mode(), prober.modeReason()).print(findings, out);
      } else {
        findings.forEach(finding -> new FindingTable(new HopNames(resolver)).print(finding, out));
      }
      out.flush();
      return findings.stream().allMatch(Finding::reached) ? ALL_REACHED : SOME_NOT_REACHED;
    }
  }

  private CompletableFuture<Finding> measure(Prober prober, String host, Lookup lookup) {
    return switch (lookup) {
      case Lookup.Failed failed ->
          CompletableFuture.completedFuture(new Finding.Unresolved(host, failed.reason()));
      case Lookup.Found found -> {
        Optional<InetAddress> chosen =
            found.answers().addresses().stream().filter(this::isOfFamily).findFirst();
        if (chosen.isEmpty()) {
          String reason = "no address of IPv" + (onlyIpv6 ? 6 : 4);
          yield CompletableFuture.completedFuture(new Finding.Unresolved(host, reason));
        }
        Endpoint endpoint = new Endpoint(chosen.get(), portOf(protocol));
        yield prober
            .trace(new TraceSpec(endpoint, protocol, Duration.ZERO, flows))
            .thenCombine(
                prober.burstReport(new BurstSpec(endpoint, protocol, count, Duration.ofSeconds(1))),
                (trace, report) ->
                    new Finding.Measured(
                        host,
                        found.answers(),
                        trace,
                        report,
                        Notes.of(found, trace, report.burst(), prober.modeReason())));
      }
    };
  }

  private boolean isOfFamily(InetAddress address) {
    boolean ipv6 = address instanceof Inet6Address;
    return onlyIpv4 == onlyIpv6 || ipv6 == onlyIpv6;
  }

  private void check() {
    requireWithin("--count", count, 1, BurstSpec.MAX_PACKETS);
    requireWithin("--flows", flows, 0, MOST_FLOWS);
    requireWithin("--pps", packetsPerSecond, 1, MOST_PACKETS_PER_SECOND);
    requireWithin("--port", port == null ? 1 : port, 1, 65_535);
    if (onlyIpv4 && onlyIpv6) {
      throw refused("-4 and -6 exclude each other.");
    }
    if (netns != null && !Files.exists(netns)) {
      throw refused("There is no network namespace at " + netns + ".");
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

  private int portOf(Protocol probed) {
    if (port != null) {
      return port;
    }
    return probed == Protocol.TCP ? HTTPS_PORT : TRACEROUTE_PORT;
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
