package io.nettrace.edge;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.nettrace.testing.Percentiles;
import io.nettrace.testing.UnlikeNames;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * From the call that signs up to the first call with the new key that is answered, letter, schema
 * and two password hashes included; one after another. Needs a packaged build ({@code mvn package
 * -DskipTests}).
 */
public final class SignUpBenchmark {
  private static final int WARM_UP = 30;
  private static final int MEASURED = 150;
  private static final long LETTER_SECONDS = 30;
  private static final String PASSWORD = "a lantern over wet slate";

  private static final Pattern TOKEN = Pattern.compile("#([A-Za-z0-9_-]{43})");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BenchmarkServer server;

  /** Milliseconds of each part. */
  private record Times(double begin, double letter, double confirm, double call) {
    double all() {
      return begin + letter + confirm + call;
    }
  }

  private SignUpBenchmark(BenchmarkServer server) {
    this.server = server;
  }

  public static void main(String[] arguments) throws Exception {
    try (BenchmarkServer server = new BenchmarkServer()) {
      server.start(List.of("-Dnettrace.api.open-per-minute=1000000"));
      new SignUpBenchmark(server).run();
    }
  }

  private void run() throws Exception {
    List<Times> measured = new ArrayList<>();
    for (int i = 0; i < WARM_UP + MEASURED; i++) {
      Times times = signUp(UnlikeNames.of(i, 4));
      if (i >= WARM_UP) {
        measured.add(times);
      }
    }
    System.out.printf("%d sign-ups, in ms                p50     p99     max%n", MEASURED);
    print("POST /signups", measured, Times::begin);
    print("until the letter is there", measured, Times::letter);
    print("POST /signups/confirm", measured, Times::confirm);
    print("first call with the key", measured, Times::call);
    print("all of it", measured, Times::all);
  }

  private Times signUp(String name) throws Exception {
    String email = name + "@example.org";
    long start = System.nanoTime();
    HttpResponse<String> begun =
        server.post(
            BenchmarkServer.api("/signups"),
            """
            {"email": "%s", "password": "%s", "name": "Some Body", "organisation": "Some Firm",
             "slug": "firm-%s"}
            """
                .formatted(email, PASSWORD, name));
    expect(202, begun);
    long letterSent = System.nanoTime();
    String token = token(email);
    long letterRead = System.nanoTime();
    HttpResponse<String> confirmed =
        server.post(
            BenchmarkServer.api("/signups/confirm"),
            "{\"token\": \"%s\", \"password\": \"%s\"}".formatted(token, PASSWORD));
    expect(201, confirmed);
    long made = System.nanoTime();
    String key = JSON.readTree(confirmed.body()).at("/key/text").asText();
    expect(200, server.get(BenchmarkServer.api("/latency/" + BenchmarkServer.HOST), key));
    long called = System.nanoTime();
    return new Times(
        (letterSent - start) / 1e6,
        (letterRead - letterSent) / 1e6,
        (made - letterRead) / 1e6,
        (called - made) / 1e6);
  }

  private String token(String email) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LETTER_SECONDS);
    Path mailbox = server.data.resolve("mailbox");
    while (System.nanoTime() < deadline) {
      if (Files.isDirectory(mailbox)) {
        try (Stream<Path> letters = Files.list(mailbox)) {
          for (Path letter : letters.filter(p -> p.toString().endsWith(".eml")).toList()) {
            String text = Files.readString(letter, StandardCharsets.UTF_8);
            if (text.contains("To: " + email)) {
              Files.delete(letter); // so that the folder stays small
              return token(text, email);
            }
          }
        }
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
    throw new IllegalStateException("no letter to " + email);
  }

  private static String token(String letter, String email) throws IOException {
    // quoted-printable breaks long lines
    Matcher matcher = TOKEN.matcher(letter.replace("=\r\n", "").replace("=\n", ""));
    if (!matcher.find()) {
      throw new IOException("no token in the letter to " + email);
    }
    return matcher.group(1);
  }

  private static void expect(int status, HttpResponse<String> answer) {
    if (answer.statusCode() != status) {
      throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    }
  }

  private static void print(String what, List<Times> times, ToDoubleFunction<Times> part) {
    Percentiles figures = new Percentiles(times.stream().mapToDouble(part).boxed().toList());
    System.out.printf(
        "%-28s %7.0f %7.0f %7.0f%n", what, figures.median(), figures.at(99), figures.at(100));
  }
}
