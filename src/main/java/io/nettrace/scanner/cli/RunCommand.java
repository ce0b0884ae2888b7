package io.nettrace.scanner.cli;

import io.nettrace.lab.Lab;
import io.nettrace.lab.cli.LabControl;
import io.nettrace.lab.engine.EngineSettings;
import io.nettrace.lab.scenario.Scenario;
import io.nettrace.lab.scenario.ScenarioFile;
import io.nettrace.metric.ProbeMode;
import io.nettrace.platform.json.InvalidDocumentException;
import io.nettrace.platform.log.ConsoleLog;
import io.nettrace.prober.Prober;
import io.nettrace.prober.ProberConfig;
import io.nettrace.prober.Resolver;
import io.nettrace.prober.ResolverConfig;
import io.nettrace.scanner.AddressPolicy;
import io.nettrace.scanner.Hello;
import io.nettrace.scanner.SpoolState;
import io.nettrace.scanner.courier.Courier;
import io.nettrace.scanner.cycle.Cycle;
import io.nettrace.scanner.cycle.ProberMeasuring;
import io.nettrace.scanner.spool.Spool;
import io.nettrace.scanner.spool.SpoolFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures for a control plane until it is told to stop. */
@Command(
    name = "run",
    description = "Measures for a control plane: the scanner of a vantage point.",
    mixinStandardHelpOptions = true)
public final class RunCommand implements Callable<Integer> {
  private static final Logger LOG = Logger.getLogger(RunCommand.class.getName());
  private static final int PACKETS_PER_SECOND = 1_000;
  private static final Duration WATCH_EVERY = Duration.ofSeconds(10);

  /** Enough for one scanner, whose truth nobody reads. */
  private static final EngineSettings LAB_BOUNDS =
      new EngineSettings(4_096, 64, 60_000, 32, 4_096, 1_536);

  private static final int MOST_TOKEN_BYTES = 4_096;

  @Spec private @Nullable CommandSpec spec;

  /** Which network is measured. */
  enum Network {
    REAL,
    LAB
  }

  @Option(
      names = "--control-plane",
      required = true,
      paramLabel = "<url>",
      description = "Root of the control plane, such as http://127.0.0.1:8080.")
  private @Nullable URI controlPlane;

  @Option(
      names = "--token-file",
      required = true,
      paramLabel = "<file>",
      description = "Holds the token that the control plane expects.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--spool",
      required = true,
      paramLabel = "<folder>",
      description = "Where measurements wait until they are acknowledged.")
  private @Nullable Path spoolFolder;

  @Option(names = "--network", description = "real or lab (default: ${DEFAULT-VALUE}).")
  private Network network = Network.REAL;

  @Option(
      names = "--scenario",
      paramLabel = "<file>",
      description = "The lab's scenario; the shipped one when absent.")
  private @Nullable Path scenario;

  @Option(
      names = "--vantage-point",
      paramLabel = "<name>",
      description = "Name of this place (default: local; in the lab the scenario's).")
  private @Nullable String vantagePoint;

  @Option(
      names = "--netns",
      paramLabel = "<path>",
      description = "Network namespace of the probes, such as /run/netns/blue.")
  private @Nullable Path netns;

  @Option(names = "--mode", description = "Forced probe mode: raw, unprivileged or connect.")
  private @Nullable ProbeMode mode;

  @Option(
      names = "--packets-per-second",
      description = "Bound over everything that is sent (default: ${DEFAULT-VALUE}).")
  private int packetsPerSecond = PACKETS_PER_SECOND;

  @Option(
      names = "--spool-bytes",
      description =
          "Bound of the spool; when it is full, detail goes first (default: ${DEFAULT-VALUE}).")
  private long spoolBytes = Spool.DEFAULT_BYTES;

  @Option(
      names = "--orphan-limit",
      paramLabel = "<duration>",
      description = "Ends after so long without parent and control plane (default: PT15M).")
  private Duration orphanLimit = Duration.ofMinutes(15);

  private final Deque<AutoCloseable> running = new ArrayDeque<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    check();
    ConsoleLog.configure();
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
    try {
      return measure();
    } catch (IOException | InvalidDocumentException e) {
      LOG.log(
          Level.SEVERE,
          "The scanner cannot run: {0}. Its spool is {1}",
          new Object[] {e.getMessage(), spoolFolder});
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  /** Before anything starts: what cannot work is told at once. */
  private void check() throws IOException {
    String scheme = String.valueOf(required(controlPlane).getScheme());
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw refused("The control plane is an http or https address, not " + controlPlane + ".");
    }
    Path token = required(tokenFile);
    if (!Files.isRegularFile(token) || !Files.isReadable(token)) {
      throw refused("There is no readable token file at " + token + ".");
    }
    if (Files.size(token) > MOST_TOKEN_BYTES || Files.readString(token).isBlank()) {
      throw refused("The file " + token + " holds no token.");
    }
    if (scenario != null && !Files.isReadable(scenario)) {
      throw refused("There is no readable scenario at " + scenario + ".");
    }
    if (netns != null && !Files.exists(netns)) {
      throw refused("There is no network namespace at " + netns + ".");
    }
  }

  private ParameterException refused(String sentence) {
    return new ParameterException(required(spec).commandLine(), sentence);
  }

  private int measure() throws IOException, InvalidDocumentException, InterruptedException {
    Path folder = required(spoolFolder);
    Files.createDirectories(folder);
    Optional<Lab> lab = network == Network.LAB ? Optional.of(startLab(folder)) : Optional.empty();
    Prober prober = Prober.open(proberConfig(lab));
    keep(prober);
    Resolver resolver = new Resolver(resolverConfig(lab), Clock.systemUTC());
    keep(resolver);
    SpoolFolder held = SpoolFolder.hold(folder);
    keep(held);
    Hello hello = hello(lab, prober, held.instance());
    Spool spool =
        Spool.open(
            folder,
            hello.vantagePoint(),
            hello.simulated(),
            spoolBytes,
            hello.spool(),
            Clock.systemUTC());
    keep(spool);
    Files.writeString(folder.resolve("pid"), String.valueOf(ProcessHandle.current().pid()));
    LOG.log(
        Level.INFO,
        "Vantage point {0}, {1} mode ({2})",
        new Object[] {hello.vantagePoint(), prober.mode(), prober.modeReason()});
    OwnAddresses own = new OwnAddresses(required(controlPlane), lab);
    AddressPolicy policy =
        lab.isPresent() ? AddressPolicy.ofLab(own) : AddressPolicy.ofInternet(own);
    Courier courier = work(new ProberMeasuring(prober, resolver), spool, hello, policy);
    return watchForOrphanage(courier);
  }

  private Courier work(ProberMeasuring measuring, Spool spool, Hello hello, AddressPolicy policy) {
    // a lease that is renewed while this stops asks for nothing any more
    ScheduledExecutorService thread =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("cycle").factory(), new ThreadPoolExecutor.DiscardPolicy());
    Cycle cycle = new Cycle(measuring, spool, thread, System::nanoTime, Clock.systemUTC(), policy);
    Courier courier =
        Courier.start(required(controlPlane), required(tokenFile), hello, spool, cycle);
    keep(courier);
    keep(cycle);
    return courier;
  }

  private Lab startLab(Path folder) throws IOException, InvalidDocumentException {
    Scenario internet = scenario == null ? ScenarioFile.shipped() : ScenarioFile.read(scenario);
    Lab lab = Lab.start(internet, LAB_BOUNDS);
    keep(lab);
    keep(LabControl.listen(lab, folder.resolve(LabControl.SOCKET)));
    return lab;
  }

  private ProberConfig proberConfig(Optional<Lab> lab) {
    ProberConfig config = ProberConfig.defaults().withPacketsPerSecond(packetsPerSecond);
    Optional<Path> namespace = lab.map(Lab::namespace).or(() -> Optional.ofNullable(netns));
    if (namespace.isPresent()) {
      config = config.withNetns(namespace.get());
    }
    return mode == null ? config : config.withMode(mode);
  }

  private ResolverConfig resolverConfig(Optional<Lab> lab) {
    ResolverConfig config = ResolverConfig.defaults();
    if (lab.isPresent()) {
      return config.withNetns(lab.get().namespace()).withNameserver(lab.get().nameserver());
    }
    return netns == null ? config : config.withNetns(netns);
  }

  private Hello hello(Optional<Lab> lab, Prober prober, UUID instance) {
    String name =
        vantagePoint != null
            ? vantagePoint
            : lab.map(running -> running.scenario().vantage().name()).orElse("local");
    return new Hello(
        Hello.CONTRACT_VERSION,
        name,
        lab.isPresent(),
        prober.mode(),
        UUID.randomUUID(),
        instance,
        SpoolState.EMPTY);
  }

  /**
   * A scanner whose launcher was killed goes on, because a new launcher may come; but not for ever,
   * since nobody may know of it.
   */
  private int watchForOrphanage(Courier courier) throws InterruptedException {
    Optional<ProcessHandle> parent = ProcessHandle.current().parent();
    while (true) {
      TimeUnit.NANOSECONDS.sleep(WATCH_EVERY.toNanos());
      boolean orphan = parent.map(process -> !process.isAlive()).orElse(false);
      if (orphan && courier.silence().compareTo(orphanLimit) > 0) {
        LOG.log(Level.WARNING, "Nobody has asked for measurements for {0}; ending", orphanLimit);
        return CommandLine.ExitCode.OK;
      }
    }
  }

  private synchronized void keep(AutoCloseable part) {
    running.push(part);
  }

  private synchronized void stop() {
    while (!running.isEmpty()) {
      try {
        running.pop().close();
      } catch (Exception e) {
        LOG.log(Level.WARNING, "While stopping: {0}", e.toString());
      }
    }
  }

  private static <T> T required(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("picocli sets what is required");
    }
    return value;
  }
}
