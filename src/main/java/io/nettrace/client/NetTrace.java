package io.nettrace.client;

import io.nettrace.client.ApiAnswers.Burst;
import io.nettrace.client.ApiAnswers.Event;
import io.nettrace.client.ApiAnswers.Export;
import io.nettrace.client.ApiAnswers.ExportFile;
import io.nettrace.client.ApiAnswers.ExportOrder;
import io.nettrace.client.ApiAnswers.Latency;
import io.nettrace.client.ApiAnswers.Rankings;
import io.nettrace.client.ApiAnswers.Route;
import io.nettrace.client.ApiAnswers.RouteChange;
import io.nettrace.client.ApiAnswers.RouteDiff;
import io.nettrace.client.ApiAnswers.Series;
import io.nettrace.client.ApiAnswers.Summary;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One NetTrace, asked with one key. Safe for use by several threads. */
public final class NetTrace implements AutoCloseable {
  private static final String API = "/api/v1/";
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
  private static final int ATTEMPTS = 5;

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_LIMIT).build();
  private final ApiWire wire;

  /** {@code root} is such as {@code https://nettrace.example/}. */
  public NetTrace(URI root, String key) {
    this.wire = new ApiWire(http, root, key);
  }

  /** How far away a target is now. */
  public Latency latency(String host) throws IOException, InterruptedException {
    return wire.get(API + "latency/" + host, Latency.class);
  }

  /** Its bursts, the oldest first; pages are fetched as the stream is read. */
  public Stream<Burst> bursts(String host, Ask ask) {
    return listed(API + "latency/" + host + "/history", ask, Burst.class);
  }

  /** Its bursts in buckets; {@code ask} should have a step. */
  public Series series(String host, Ask ask) throws IOException, InterruptedException {
    Ask stepped = ask.parameters().containsKey("step") ? ask : ask.step("auto");
    return wire.get(stepped.appendedTo(API + "latency/" + host + "/history"), Series.class);
  }

  /** A whole range taken together. */
  public Summary summary(String host, Ask ask) throws IOException, InterruptedException {
    return wire.get(ask.appendedTo(API + "latency/" + host + "/summary"), Summary.class);
  }

  /** The way to a target now. */
  public Route route(String host) throws IOException, InterruptedException {
    return wire.get(API + "routes/" + host, Route.class);
  }

  /** The way to a target then. */
  public Route route(String host, Instant at) throws IOException, InterruptedException {
    return wire.get(
        Ask.usual().with("at", at.toString()).appendedTo(API + "routes/" + host), Route.class);
  }

  /** What differs between the paths at two times. */
  public RouteDiff diff(String host, Instant a, Instant b)
      throws IOException, InterruptedException {
    Ask ask = Ask.usual().with("a", a.toString()).with("b", b.toString());
    return wire.get(ask.appendedTo(API + "routes/" + host + "/diff"), RouteDiff.class);
  }

  /** Confirmed changes of its route, the oldest first. */
  public Stream<RouteChange> changes(String host, Ask ask) {
    return listed(API + "routes/" + host + "/changes", ask, RouteChange.class);
  }

  /** What happened on the ways to all targets, the oldest first. */
  public Stream<Event> events(Ask ask) {
    return listed(API + "changes", ask, Event.class);
  }

  /** Its traces without their hops, the oldest first. */
  public Stream<ApiAnswers.Path> traces(String host, Ask ask) {
    return listed(API + "routes/" + host + "/traces", ask, ApiAnswers.Path.class);
  }

  /**
   * What happens on the ways to all targets, to be polled. {@code ask} says where it begins: {@link
   * Ask#knownAfter}, {@link Ask#cursor}, or a day ago.
   */
  public Feed<Event> eventFeed(Ask ask) {
    return new Feed<>(wire, API + "changes", ask, Event.class);
  }

  /** Its bursts as they become known, to be polled. */
  public Feed<Burst> burstFeed(String host, Ask ask) {
    return new Feed<>(wire, API + "latency/" + host + "/history", ask, Burst.class);
  }

  /** Its traces as they become known, to be polled. */
  public Feed<ApiAnswers.Path> traceFeed(String host, Ask ask) {
    return new Feed<>(wire, API + "routes/" + host + "/traces", ask, ApiAnswers.Path.class);
  }

  /** Changes of its route as they become known, to be polled. */
  public Feed<RouteChange> changeFeed(String host, Ask ask) {
    return new Feed<>(wire, API + "routes/" + host + "/changes", ask, RouteChange.class);
  }

  /** Targets in order, the best first. */
  public Rankings rankings(Ask ask) throws IOException, InterruptedException {
    return wire.get(ask.appendedTo(API + "rankings"), Rankings.class);
  }

  /** Orders files; {@link #export} says how far they are. */
  public Export order(ExportOrder order) throws IOException, InterruptedException {
    return wire.post(API + "exports", order, Export.class);
  }

  public Export export(UUID id) throws IOException, InterruptedException {
    return wire.get(API + "exports/" + id, Export.class);
  }

  /** Ends an export and throws its files away. */
  public void delete(UUID id) throws IOException, InterruptedException {
    wire.delete(API + "exports/" + id);
  }

  /**
   * Fetches a file of a finished export, going on where an earlier attempt broke off.
   *
   * @throws IOException also when what was fetched does not have the file's digest
   */
  public void fetch(ExportFile file, Path into) throws IOException, InterruptedException {
    String href = file.href();
    Long bytes = file.bytes();
    if (href == null || bytes == null) {
      throw new IOException(file.name() + " is not whole yet");
    }
    for (int i = 0; i < ATTEMPTS && length(into) < bytes; i++) {
      append(href, into);
    }
    if (!digest(into).equals(file.sha256())) {
      throw new IOException(into + " does not have the digest of " + file.name());
    }
  }

  @Override
  public void close() {
    http.close();
  }

  /** A connection that breaks leaves what it brought. */
  private void append(String href, Path into) throws IOException, InterruptedException {
    try (InputStream in = wire.part(href, length(into));
        OutputStream out =
            Files.newOutputStream(into, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      in.transferTo(out);
    } catch (ProblemException e) {
      throw e;
    } catch (IOException e) {
      if (!Files.exists(into)) {
        throw e;
      }
    }
  }

  private static long length(Path file) throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  private static String digest(Path file) throws IOException {
    try (DigestInputStream in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private <T> Stream<T> listed(String address, Ask ask, Class<T> type) {
    Iterator<T> pages = new Pages<>(wire, address, ask, type);
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(pages, Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }
}
