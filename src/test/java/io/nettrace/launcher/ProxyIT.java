package io.nettrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.lab.Lab;
import io.nettrace.testing.FreePort;
import io.nettrace.testing.Machine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The service behind the proxies of src/docs/proxy, as they stand there but for ports and files,
 * and with its own TLS.
 */
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProxyIT {
  private static final String HOST = "nettrace.example";
  private static final int PAGES = 3;
  private static final int MOST_ASKED = 30;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir static Path folder;
  private static RunningSystem system;
  private static int tlsPort;

  @BeforeAll
  static void start() throws Exception {
    Machine.LAB.require(Lab.unavailable());
    certify("first");
    certify("second");
    Files.copy(folder.resolve("first.pem"), folder.resolve("served.pem"));
    tlsPort = FreePort.next();
    system = RunningSystem.in(Files.createDirectory(folder.resolve("data")));
    system.start(
        Map.of(
            "nettrace.public-url", "https://" + HOST,
            "nettrace.http.trusted-proxies", "127.0.0.1",
            "nettrace.portal.pages-per-minute", String.valueOf(PAGES),
            "nettrace.tls.port", String.valueOf(tlsPort),
            "nettrace.tls.file", folder.resolve("served.pem").toString()));
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (system != null && system.launcher().isAlive()) {
      system.terminate();
    }
  }

  enum Kind {
    NGINX,
    CADDY
  }

  /** The file is looked at every half minute, so the others run meanwhile. */
  @Test
  @Order(1)
  void theCertificateIsServedAndThenReplaced() throws Exception {
    assertThat(served()).isEqualTo(certificate("first"));
    assertThat(ask(tlsPort, "127.0.3.1", "/docs", "")).startsWith("HTTP/1.1 200");
    replace("second");
  }

  @ParameterizedTest
  @Order(2)
  @EnumSource
  void behindAProxyEachClientIsItselfAndTheAddressIsThePublicOne(Kind kind) throws Exception {
    Optional<String> program = program(kind == Kind.NGINX ? "nginx" : "caddy");
    Machine.PROGRAM.require(
        program.isPresent() ? Optional.empty() : Optional.of(kind + " is not installed"));
    int port = FreePort.next();
    Process proxy =
        new ProcessBuilder(
                kind == Kind.NGINX
                    ? nginx(program.orElseThrow(), port)
                    : caddy(program.orElseThrow(), port))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(kind + ".log").toFile())
            .start();
    try {
      awaitOpen(proxy, port, kind);
      String from = kind == Kind.NGINX ? "127.0.1." : "127.0.2.";
      String page = ask(port, from + 1, "/status", "");
      assertThat(page)
          .startsWith("HTTP/1.1 200")
          .contains("Strict-Transport-Security: ")
          .doesNotContain("http://127.0.0.1");
      assertThat(ask(port, from + 2, "/overview", ""))
          .containsPattern("(?m)^Location: (https://nettrace.example)?/sign-in[?]next=%2Foverview");

      // what a client says of itself is not believed, and costs others nothing
      String made =
          """
          X-Forwarded-For: 192.0.2.77\r
          Forwarded: for=192.0.2.77;proto=http;host=evil.example\r
          X-Forwarded-Proto: http\r
          """;
      assertThat(isRefusedInTheEnd(port, from + 1, "")).as("one client's own bound").isTrue();
      assertThat(isRefusedInTheEnd(port, from + 1, made)).as("under another name").isTrue();
      assertThat(ask(port, from + 3, "/status", made))
          .startsWith("HTTP/1.1 200")
          .doesNotContain("evil.example");
      assertThat(ask(port, from + 4, "/metrics", "")).startsWith("HTTP/1.1 404");
    } finally {
      proxy.destroy();
      proxy.waitFor();
    }
  }

  @Test
  @Order(3)
  void theNewCertificateIsServedSoon() throws Exception {
    X509Certificate first = certificate("first");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (first.equals(servedIfOpen().orElse(first))) {
      assertThat(System.nanoTime()).as("the new certificate is served").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(500);
    }
    assertThat(served()).isEqualTo(certificate("second"));
    assertThat(ask(tlsPort, "127.0.3.2", "/docs", "")).startsWith("HTTP/1.1 200");
  }

  /** More requests than the bound and what comes back to it in half a minute. */
  private static boolean isRefusedInTheEnd(int port, String from, String headers) throws Exception {
    for (int i = 0; i < MOST_ASKED; i++) {
      if (ask(port, from, "/status", headers).startsWith("HTTP/1.1 429")) {
        return true;
      }
    }
    return false;
  }

  private static void replace(String name) throws IOException {
    Path beside = Files.copy(folder.resolve(name + ".pem"), folder.resolve("beside.pem"));
    Files.move(beside, folder.resolve("served.pem"), StandardCopyOption.REPLACE_EXISTING);
  }

  private static List<String> nginx(String program, int port) throws IOException {
    String site =
        Files.readString(Path.of("src/docs/proxy/nginx.conf"))
            .replace("listen 80;", "listen 127.0.0.1:" + FreePort.next() + ";")
            .replace("listen 443 ssl", "listen 127.0.0.1:" + port + " ssl")
            .replace("/etc/ssl/nettrace/fullchain.pem", folder.resolve("first.pem").toString())
            .replace("/etc/ssl/nettrace/privkey.pem", folder.resolve("first.pem").toString())
            .replace("127.0.0.1:8080", "127.0.0.1:" + system.httpPort());
    Path file =
        Files.writeString(
            folder.resolve("nginx.conf"),
            """
            daemon off;
            pid %1$s/nginx.pid;
            error_log stderr;
            events {}
            http {
              access_log off;
              client_body_temp_path %1$s/nginx-body;
              proxy_temp_path %1$s/nginx-proxy;
              fastcgi_temp_path %1$s/nginx-fastcgi;
              uwsgi_temp_path %1$s/nginx-uwsgi;
              scgi_temp_path %1$s/nginx-scgi;
            %2$s
            }
            """
                .formatted(folder, site));
    return List.of(program, "-e", "stderr", "-p", folder.toString(), "-c", file.toString());
  }

  private static List<String> caddy(String program, int port) throws IOException {
    String site =
        Files.readString(Path.of("src/docs/proxy/Caddyfile"))
            .replace(
                "nettrace.example {",
                "nettrace.example:%1$d {\n\tbind 127.0.0.1\n\ttls %2$s/first.pem %2$s/first.pem"
                    .formatted(port, folder))
            .replace("127.0.0.1:8080", "127.0.0.1:" + system.httpPort());
    Path file =
        Files.writeString(
            folder.resolve("Caddyfile"),
            "{\n\tadmin off\n\tauto_https off\n\tstorage file_system %s\n}\n%s"
                .formatted(folder.resolve("caddy"), site));
    return List.of(program, "run", "--adapter", "caddyfile", "--config", file.toString());
  }

  private static Optional<String> program(String name) {
    return Stream.of("/usr/sbin/", "/usr/bin/", "/usr/local/bin/", "/usr/local/sbin/")
        .map(place -> place + name)
        .filter(path -> Files.isExecutable(Path.of(path)))
        .findFirst();
  }

  private static void awaitOpen(Process proxy, int port, Kind kind) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException e) {
        if (!proxy.isAlive() || System.nanoTime() > deadline) {
          throw new AssertionError(Files.readString(folder.resolve(kind + ".log")), e);
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  /** The whole answer to one request over TLS from an address of this machine's own network. */
  private static String ask(int port, String from, String path, String headers) throws Exception {
    try (SSLSocket socket = connect(port, from)) {
      socket
          .getOutputStream()
          .write(
              "GET %s HTTP/1.1\r\nHost: %s\r\n%sConnection: close\r\n\r\n"
                  .formatted(path, HOST, headers)
                  .getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static Optional<X509Certificate> servedIfOpen() throws Exception {
    try {
      return Optional.of(served());
    } catch (IOException e) {
      return Optional.empty(); // the listener is being made new
    }
  }

  private static X509Certificate served() throws Exception {
    try (SSLSocket socket = connect(tlsPort, "127.0.3.9")) {
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  private static SSLSocket connect(int port, String from) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Trusting()}, null);
    Socket plain = new Socket();
    plain.bind(new InetSocketAddress(from, 0));
    plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, HOST, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setServerNames(List.of(new SNIHostName(HOST)));
    socket.setSSLParameters(parameters);
    socket.setSoTimeout((int) PATIENCE.toMillis());
    socket.startHandshake();
    return socket;
  }

  /** Makes a key with a certificate of its own, as PKCS12 and as PEM. */
  private static void certify(String name) throws Exception {
    Path store = folder.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "nettrace",
                "-keyalg",
                "EC",
                "-validity",
                "30",
                "-dname",
                "CN=" + HOST,
                "-ext",
                "san=dns:" + HOST,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit")
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
    Files.writeString(
        folder.resolve(name + ".pem"),
        pem("CERTIFICATE", keys.getCertificate("nettrace").getEncoded())
            + pem("PRIVATE KEY", keys.getKey("nettrace", "changeit".toCharArray()).getEncoded()));
  }

  private static X509Certificate certificate(String name) throws Exception {
    KeyStore keys =
        KeyStore.getInstance(folder.resolve(name + ".p12").toFile(), "changeit".toCharArray());
    return (X509Certificate) keys.getCertificate("nettrace");
  }

  private static String pem(String what, byte[] bytes) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes));
  }

  /** Certificates of this test's own making. */
  private static final class Trusting implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
