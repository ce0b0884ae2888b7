package io.nettrace.geo;

import io.nettrace.platform.Service;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/**
 * Asks the name service what addresses map back to: a few at a time, each for a bounded time, and
 * only when this is switched on. What does not fit the queue is not asked; whoever wants it asks
 * again when it has expired.
 */
@Service
public class ReverseNames {
  private static final Logger LOG = System.getLogger(ReverseNames.class.getName());
  private static final int THREADS = 2;
  private static final int MOST_WAITING = 2_000;
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final int LONGEST_NAME = 255;

  private final boolean on;
  private final String server;
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          30,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          Thread.ofPlatform().daemon().name("nettrace-reverse-names-", 1).factory());

  @Inject
  ReverseNames(GeoConfig config) {
    this(config.reverseNames(), "dns:");
  }

  /**
   * Asks one name server.
   *
   * @param server {@code dns:} for the system's own, or {@code dns://host:port}
   */
  ReverseNames(boolean on, String server) {
    this.on = on;
    this.server = server;
    threads.allowCoreThreadTimeOut(true);
  }

  /** Hands the name over, later and on another thread, if there is one. */
  void ask(InetAddress address, Consumer<String> sink) {
    if (!on) {
      return;
    }
    try {
      threads.execute(() -> nameOf(address).ifPresent(sink));
    } catch (RejectedExecutionException e) {
      LOG.log(Level.DEBUG, "too many names are asked for", e);
    }
  }

  /** Nothing is asked, and nothing waits to be. */
  boolean isIdle() {
    return threads.getTaskCount() == threads.getCompletedTaskCount();
  }

  @SuppressWarnings("BanJNDI") // the provider and the server are ours; only DNS is asked
  private Optional<String> nameOf(InetAddress address) {
    Properties how = new Properties();
    how.setProperty("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
    how.setProperty("java.naming.provider.url", server);
    how.setProperty("com.sun.jndi.dns.timeout.initial", Long.toString(TIMEOUT.toMillis()));
    how.setProperty("com.sun.jndi.dns.timeout.retries", "1");
    try {
      InitialDirContext context = new InitialDirContext(how);
      try {
        Attribute names = context.getAttributes(question(address), new String[] {"PTR"}).get("PTR");
        return names == null ? Optional.empty() : Optional.of(clean(names.get().toString()));
      } finally {
        context.close();
      }
    } catch (NamingException e) {
      // a name is an ornament: most addresses have none
      return Optional.empty();
    }
  }

  /** Printable, bounded, and without the final dot. */
  private static String clean(String name) {
    String printable = name.replaceAll("[^\\x21-\\x7e]", "?").replaceFirst("\\.$", "");
    return printable.substring(0, Math.min(printable.length(), LONGEST_NAME));
  }

  /** The name under which an address's own is kept (RFC 1035, RFC 3596). */
  static String question(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean v4 = bytes.length == 4;
    return IntStream.iterate(bytes.length - 1, i -> i >= 0, i -> i - 1)
        .mapToObj(i -> v4 ? Integer.toString(bytes[i] & 0xff) : nibbles(bytes[i]))
        .collect(Collectors.joining(".", "", v4 ? ".in-addr.arpa" : ".ip6.arpa"));
  }

  private static String nibbles(byte value) {
    return Integer.toHexString(value & 0x0f) + "." + Integer.toHexString((value >> 4) & 0x0f);
  }

  @PreDestroy
  void stop() {
    threads.shutdownNow();
  }
}
