package io.nettrace.prober;

import io.nettrace.metric.AnswerSet;
import io.nettrace.posix.NetworkNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Address;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.hosts.HostsFileParser;

/**
 * Finds all addresses of a host, IPv4 before IPv6, each in numerical order. An answer is kept until
 * the smallest TTL on the way to it has passed; a failure is not kept. Literal addresses and the
 * system's hosts file are answered without asking anybody.
 */
public final class Resolver implements AutoCloseable {
  private static final Duration LITERAL_TTL = Duration.ofDays(1);
  private static final Duration HOSTS_FILE_TTL = Duration.ofMinutes(1);
  private static final Duration SHORTEST_TTL = Duration.ofSeconds(1);

  /** Of an answer in which one family's addresses may be missing. */
  private static final Duration LONGEST_PARTIAL_TTL = Duration.ofMinutes(1);

  private static final int REMEMBERED_HOSTS = 10_000;
  private static final Comparator<InetAddress> ADDRESS_ORDER =
      Comparator.<InetAddress>comparingInt(address -> address.getAddress().length)
          .thenComparing(InetAddress::getAddress, Arrays::compareUnsigned);

  private final ResolverConfig config;
  private final Clock clock;
  private final ExecutorService threads;
  private final HostsFileParser hostsFile = new HostsFileParser();
  private final Map<String, Lookup.Found> answers =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Lookup.Found> eldest) {
          return size() > REMEMBERED_HOSTS;
        }
      };

  public Resolver(ResolverConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
    threads =
        Executors.newFixedThreadPool(
            config.threads(),
            work ->
                Thread.ofPlatform().daemon().name("resolver").unstarted(() -> run(work, config)));
  }

  private static void run(Runnable work, ResolverConfig config) {
    try {
      if (config.netns().isPresent()) {
        NetworkNamespace.enter(config.netns().get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    work.run();
  }

  public CompletableFuture<Lookup> resolve(String host) {
    Lookup.Found known = remembered(host);
    return known != null
        ? CompletableFuture.completedFuture(known)
        : CompletableFuture.supplyAsync(() -> lookUp(host), threads);
  }

  /** The name an address maps back to, if it has one and the name service says so in time. */
  public CompletableFuture<Optional<String>> nameOf(InetAddress address) {
    return CompletableFuture.supplyAsync(() -> reverse(address), threads);
  }

  private Optional<String> reverse(InetAddress address) {
    for (InetSocketAddress server : servers()) {
      try {
        Message answer =
            new NameServerQuery(server, config.timeout())
                .ask(ReverseMap.fromAddress(address), Type.PTR);
        return names(answer).findFirst();
      } catch (SocketTimeoutException e) {
        return Optional.empty();
      } catch (IOException e) {
        // a name is an ornament: the next server may know it, and none need know
      }
    }
    return Optional.empty();
  }

  private static Stream<String> names(Message answer) {
    return answer.getSection(Section.ANSWER).stream()
        .filter(PTRRecord.class::isInstance)
        .map(record -> ((PTRRecord) record).getTarget().toString(true));
  }

  @Override
  public void close() {
    threads.close();
  }

  private Lookup.@Nullable Found remembered(String host) {
    synchronized (answers) {
      Lookup.Found known = answers.get(host);
      return known != null && isValid(known.answers()) ? known : null;
    }
  }

  /** A clock that was put back must not make an answer valid for longer than its time to live. */
  private boolean isValid(AnswerSet known) {
    Instant now = clock.instant();
    return now.isBefore(known.resolvedAt().plus(known.ttl())) && !now.isBefore(known.resolvedAt());
  }

  private Lookup lookUp(String host) {
    try {
      Lookup.Found found = find(host);
      synchronized (answers) {
        answers.put(host, found);
      }
      return found;
    } catch (IOException e) {
      boolean denied = e instanceof UnknownHostException;
      return new Lookup.Failed(host, clock.instant(), String.valueOf(e.getMessage()), denied);
    }
  }

  private Lookup.Found find(String host) throws IOException {
    byte[] literal4 = Address.toByteArray(host, Address.IPv4);
    byte[] literal = literal4 != null ? literal4 : Address.toByteArray(host, Address.IPv6);
    if (literal != null) {
      return new Lookup.Found(
          answerSet(host, List.of(InetAddress.getByAddress(host, literal)), LITERAL_TTL));
    }
    Name name = nameOf(host);
    List<InetAddress> listed = new ArrayList<>();
    hostsFile.getAddressForHost(name, Type.A).ifPresent(listed::add);
    hostsFile.getAddressForHost(name, Type.AAAA).ifPresent(listed::add);
    return listed.isEmpty()
        ? ask(host, name)
        : new Lookup.Found(answerSet(host, listed, HOSTS_FILE_TTL));
  }

  private static Name nameOf(String host) throws IOException {
    try {
      return Name.fromString(host, Name.root);
    } catch (TextParseException e) {
      throw new UnknownHostException(host + " is no host name: " + e.getMessage());
    }
  }

  private Lookup.Found ask(String host, Name name) throws IOException {
    IOException last = new IOException("no name server is configured");
    for (InetSocketAddress server : servers()) {
      try {
        return ask(host, name, new NameServerQuery(server, config.timeout()));
      } catch (UnknownHostException e) {
        throw e;
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  /** One family's failure takes nothing from the other's answer, but is asked about again soon. */
  private Lookup.Found ask(String host, Name name, NameServerQuery query) throws IOException {
    NameAnswer four = NameAnswer.of(query, name, Type.A);
    NameAnswer six = NameAnswer.of(query, name, Type.AAAA);
    List<InetAddress> found = new ArrayList<>(four.addresses());
    found.addAll(six.addresses());
    Optional<String> failure = four.failure().or(six::failure);
    if (found.isEmpty()) {
      throw four.isUnknown() && six.isUnknown()
          ? new UnknownHostException(host + " does not exist (NXDOMAIN)")
          : failure
              .<IOException>map(IOException::new)
              .orElseGet(() -> new UnknownHostException(host + " has no address"));
    }
    Duration ttl = Duration.ofSeconds(Math.min(four.ttlSeconds(), six.ttlSeconds()));
    boolean partial = failure.isPresent() && ttl.compareTo(LONGEST_PARTIAL_TTL) > 0;
    return new Lookup.Found(answerSet(host, found, partial ? LONGEST_PARTIAL_TTL : ttl), failure);
  }

  private List<InetSocketAddress> servers() {
    return config
        .nameserver()
        .map(List::of)
        .orElseGet(() -> org.xbill.DNS.ResolverConfig.getCurrentConfig().servers());
  }

  private AnswerSet answerSet(String host, List<InetAddress> found, Duration ttl) {
    Instant now = clock.instant();
    List<InetAddress> sorted = found.stream().distinct().sorted(ADDRESS_ORDER).toList();
    return new AnswerSet(host, now, sorted, ttl.compareTo(SHORTEST_TTL) < 0 ? SHORTEST_TTL : ttl);
  }
}
