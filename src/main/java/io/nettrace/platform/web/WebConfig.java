package io.nettrace.platform.web;

import io.nettrace.metric.Cidr;
import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The doors to the web: which listener answers what, who may say where a request comes from, and
 * how much is taken in at once.
 *
 * @param operationsPort the listener of operators, metrics and scanners; 0: the public one, too
 * @param scannersPort the listener that answers scanners elsewhere and nothing else; 0: none
 * @param tlsPort the public listener that speaks HTTPS by itself; 0: none
 * @param tlsFile its certificate and key
 * @param tlsPassword of that file
 * @param trustedProxies whose word about a request's origin counts
 * @param hosts names beside the public one under which requests are answered, in lower case
 * @param maxRequests requests taken in at once, half of them of known callers
 * @param maxWorking of these, requests that are worked on at once
 * @param maxPages of these, pages that are rendered at once
 * @param maxPerAddress requests at once of one address that is not known
 * @param maxBodyBytes the longest body of a request
 * @param bodyTimeout how long a body may take
 */
public record WebConfig(
    int operationsPort,
    int scannersPort,
    int tlsPort,
    Optional<String> tlsFile,
    String tlsPassword,
    List<Cidr> trustedProxies,
    Set<String> hosts,
    int maxRequests,
    int maxWorking,
    int maxPages,
    int maxPerAddress,
    int maxBodyBytes,
    Duration bodyTimeout) {
  /** More than the largest page takes while it is rendered, with all that waits for its turn. */
  private static final long HEAP_PER_PAGE = 32L << 20;

  /** As clients write it into Host, without a port. */
  private static final Pattern HOST =
      Pattern.compile(
          "[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*|\\[[0-9a-f:.]+]");

  private static final Setting<Integer> OPERATIONS_PORT =
      Setting.integer(
          "nettrace.operations.port",
          8081,
          0,
          65535,
          "The port of operators, metrics, detailed health and the local scanner.");
  private static final Setting<Integer> SCANNERS_PORT =
      Setting.integer(
          "nettrace.scanners.port", 0, 0, 65535, "The port of scanners elsewhere, or 0 for none.");
  private static final Setting<Integer> TLS_PORT =
      Setting.integer("nettrace.tls.port", 0, 0, 65535, "The port of HTTPS, or 0 for none.");
  private static final Setting<Optional<String>> TLS_FILE =
      Setting.optionalText("nettrace.tls.file", "a file's path", 1, "Certificate and key.");
  private static final Setting<String> TLS_PASSWORD =
      Setting.text("nettrace.tls.password", "", "Password of a PKCS12 file.");
  private static final Setting<List<Cidr>> TRUSTED_PROXIES =
      new Setting<>(
          "nettrace.http.trusted-proxies",
          "",
          "networks such as 10.0.0.0/8 or addresses, with commas between",
          "Proxies whose Forwarded or X-Forwarded-For and X-Forwarded-Proto are believed; the last"
              + " address that is none of them is the client.",
          WebConfig::ranges);
  private static final Setting<Set<String>> HOSTS =
      new Setting<>(
          "nettrace.http.hosts",
          "",
          "host names, with commas between",
          "Names beside that of nettrace.public-url under which requests are answered; others are"
              + " refused with 421.",
          WebConfig::names);
  private static final Setting<Integer> MAX_REQUESTS =
      Setting.integer(
          "nettrace.http.max-requests",
          1024,
          16,
          1_000_000,
          "How many requests are taken in at once, slow ones included; half of them are for callers"
              + " that have shown a good key or session lately.");
  private static final Setting<Integer> MAX_WORKING =
      Setting.integer(
          "nettrace.http.max-working",
          64,
          4,
          100_000,
          "How many requests are worked on at once; half of them for known callers. More wait for"
              + " two seconds, then are refused with 503.");
  private static final Setting<Integer> MAX_PAGES =
      Setting.integer(
          "nettrace.http.max-pages",
          0,
          0,
          1_000,
          "How many pages of the portal are rendered at once; half of them for known callers. 0 is"
              + " as many as there are processors, but one for each 32 MiB of heap at most, and 2"
              + " at least: more at once only make all others late.");
  private static final Setting<Integer> MAX_PER_ADDRESS =
      Setting.integer(
          "nettrace.http.max-requests-per-address",
          64,
          1,
          1_000_000,
          "How many requests of one address (of IPv6, of one /64) that is not known are taken in at"
              + " once.");
  private static final Setting<Integer> MAX_BODY_BYTES =
      Setting.integer(
          "nettrace.http.max-body-bytes",
          2_097_152,
          65_536,
          1 << 30,
          "The longest body of a request on the public listener.");
  private static final Setting<Duration> BODY_TIMEOUT =
      Setting.duration(
          "nettrace.http.body-timeout",
          "10s",
          "1s",
          "10m",
          "How long the body of a request may take to arrive, as a whole.");

  /** Known to the launcher as well, which makes the listeners. */
  public static final List<Setting<?>> PORTS =
      List.of(OPERATIONS_PORT, SCANNERS_PORT, TLS_PORT, TLS_FILE, TLS_PASSWORD);

  public static final List<Setting<?>> SETTINGS =
      List.of(
          TRUSTED_PROXIES,
          HOSTS,
          MAX_REQUESTS,
          MAX_WORKING,
          MAX_PAGES,
          MAX_PER_ADDRESS,
          MAX_BODY_BYTES,
          BODY_TIMEOUT);

  private static int pagesAtOnce(int set) {
    Runtime machine = Runtime.getRuntime();
    long fitting = machine.maxMemory() / HEAP_PER_PAGE;
    return set > 0
        ? set
        : Math.toIntExact(Math.max(2, Math.min(machine.availableProcessors(), fitting)));
  }

  public static WebConfig from(Settings settings) {
    return new WebConfig(
        settings.get(OPERATIONS_PORT),
        settings.get(SCANNERS_PORT),
        settings.get(TLS_PORT),
        settings.get(TLS_FILE),
        settings.get(TLS_PASSWORD),
        settings.get(TRUSTED_PROXIES),
        settings.get(HOSTS),
        settings.get(MAX_REQUESTS),
        settings.get(MAX_WORKING),
        pagesAtOnce(settings.get(MAX_PAGES)),
        settings.get(MAX_PER_ADDRESS),
        settings.get(MAX_BODY_BYTES),
        settings.get(BODY_TIMEOUT));
  }

  private static Set<String> names(String text) {
    return parts(text)
        .map(name -> name.toLowerCase(Locale.ROOT))
        .map(WebConfig::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String name(String text) {
    if (!HOST.matcher(text).matches()) {
      throw new IllegalArgumentException(text + " is no host's name");
    }
    return text;
  }

  private static List<Cidr> ranges(String text) {
    return parts(text).map(WebConfig::range).toList();
  }

  private static Cidr range(String text) {
    try {
      return Cidr.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(text + " is no network: " + e.getMessage(), e);
    }
  }

  private static Stream<String> parts(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip).filter(part -> !part.isEmpty());
  }
}
