package io.nettrace.launcher;

import fish.payara.micro.ClusterCommandResult;
import fish.payara.micro.boot.AdminCommandRunner;
import io.nettrace.platform.secret.KeyStoreFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The server's listeners, as commands of Payara's: the public one, plain or with TLS, whose
 * requests run on virtual threads; that of operations, on loopback unless set otherwise, with
 * threads of its own; and, where places elsewhere deliver, that of scanners. None of them speaks
 * HTTP/2: a reset cancels nothing in this server, so a proxy in front speaks it better.
 *
 * <p>All of them are closed at first: where no application serves, the server would answer itself.
 */
final class Listeners {
  private static final String NETWORK = "configs.config.server-config.network-config.";
  private static final String LISTENER = NETWORK + "network-listeners.network-listener.";
  private static final String PROTOCOL = NETWORK + "protocols.protocol.";
  private static final String TRANSPORT = NETWORK + "transports.transport.tcp.";
  private static final String POOL =
      "configs.config.server-config.thread-pools.thread-pool.http-thread-pool.";
  private static final String VIRTUAL_SERVER =
      "configs.config.server-config.http-service.virtual-server.server.network-listeners";

  /** The container's own, which would take the path of ours, on every listener. */
  private static final String OWN_METRICS =
      "configs.config.server-config.microprofile-metrics-configuration.enabled";

  private static final String PHONE_HOME =
      "configs.config.server-config.phone-home-runtime-configuration.enabled";
  private static final String COMPRESSED =
      "application/json,application/problem+json,text/csv,text/plain,text/html,application/yaml,"
          + "text/css,text/javascript,application/javascript,image/svg+xml";

  private static final String PUBLIC = "http-listener";
  private static final String PUBLIC_TLS = "https-listener";

  /** Of a listener that is never opened. */
  private static final int UNUSED_PORT = 1;

  // Payara answers nothing where a name sorts before its own http-listener
  static final String OPERATIONS = "zoperations";
  private static final String SCANNERS = "zscanners";

  /** Between two bytes of a request; the application bounds the whole. */
  private static final int READ_TIMEOUT_MILLIS = 5_000;

  /** What is left of a body that was refused is read up to here, then the connection is closed. */
  private static final int MOST_SWALLOWED_BYTES = 65_536;

  private static final int OPERATIONS_THREADS = 16;
  private static final int SCANNERS_THREADS = 32;
  private static final int THREADS_QUEUE = 256;

  private final AdminCommandRunner commands;

  private Listeners(AdminCommandRunner commands) {
    this.commands = commands;
  }

  /** To be run before the server starts; one refused command stops the start. */
  static void configure(
      AdminCommandRunner commands, StartSettings settings, Optional<KeyStoreFile> certificate) {
    Listeners listeners = new Listeners(commands);
    StartSettings.Web web = settings.web();
    listeners.set(PHONE_HOME, false);
    listeners.set(OWN_METRICS, false);
    listeners.set(POOL + "classname", RequestThreads.class.getName());
    listeners.set(TRANSPORT + "read-timeout-millis", READ_TIMEOUT_MILLIS);
    listeners.set(TRANSPORT + "max-connections-count", web.maxConnections());
    listeners.set(LISTENER + PUBLIC + ".enabled", false);
    listeners.set(LISTENER + PUBLIC + ".address", web.address());
    // also while it is disabled its port is taken for a new listener
    listeners.set(LISTENER + PUBLIC_TLS + ".port", web.tlsPort() > 0 ? web.tlsPort() : UNUSED_PORT);
    listeners.protocol(PUBLIC);
    listeners.own(OPERATIONS, web.operationsAddress(), web.operationsPort(), OPERATIONS_THREADS);
    if (web.scannersPort() > 0) {
      listeners.own(SCANNERS, web.scannersAddress(), web.scannersPort(), SCANNERS_THREADS);
    }
    certificate.ifPresent(found -> listeners.tls(web, found));
    listeners.set(
        VIRTUAL_SERVER,
        String.join(
            ",",
            web.scannersPort() > 0
                ? List.of(PUBLIC, PUBLIC_TLS, OPERATIONS, SCANNERS)
                : List.of(PUBLIC, PUBLIC_TLS, OPERATIONS)));
  }

  /** Those for others than operators. */
  static List<String> ofOthers(StartSettings.Web web) {
    List<String> names = new ArrayList<>(List.of(PUBLIC));
    if (web.tlsPort() > 0) {
      names.add(PUBLIC_TLS);
    }
    if (web.scannersPort() > 0) {
      names.add(SCANNERS);
    }
    return names;
  }

  private void tls(StartSettings.Web web, KeyStoreFile certificate) {
    if (web.tlsPort() > 0) {
      set(LISTENER + PUBLIC_TLS + ".address", web.address());
      protocol(PUBLIC_TLS);
      key(PUBLIC_TLS, certificate);
    }
    if (web.scannersPort() > 0) {
      String protocol = SCANNERS + "-protocol";
      run("create-ssl", "--type=network-listener", "--certname=" + certificate.alias(), SCANNERS);
      set(PROTOCOL + protocol + ".security-enabled", true);
      key(protocol, certificate);
    }
  }

  /**
   * The store's type is not said: Payara accepts the names JKS and NSS only, the JDK reads PKCS12.
   */
  private void key(String protocol, KeyStoreFile certificate) {
    set(PROTOCOL + protocol + ".ssl.key-store", certificate.path());
    set(PROTOCOL + protocol + ".ssl.key-store-password", certificate.password());
    set(PROTOCOL + protocol + ".ssl.cert-nickname", certificate.alias());
  }

  private void own(String name, String address, int port, int threads) {
    String pool = name + "-pool";
    String protocol = name + "-protocol";
    run(
        "create-threadpool",
        "--maxthreadpoolsize=" + threads,
        "--minthreadpoolsize=2",
        "--maxqueuesize=" + THREADS_QUEUE,
        pool);
    run("create-protocol", protocol);
    run("create-http", "--default-virtual-server=server", protocol);
    run(
        "create-network-listener",
        "--address=" + address,
        "--listenerport=" + port,
        "--protocol=" + protocol,
        "--threadpool=" + pool,
        "--enabled=false",
        name);
    protocol(protocol);
  }

  private void protocol(String name) {
    String http = PROTOCOL + name + ".http.";
    set(http + "http2-enabled", false);
    set(http + "xpowered-by", false);
    set(http + "server-header", false);
    set(http + "xframe-options", false);
    set(http + "max-swallowing-input-bytes", MOST_SWALLOWED_BYTES);
    set(http + "compression", "on");
    set(http + "compressable-mime-type", COMPRESSED);
    set(http + "compression-min-size-bytes", 1024);
  }

  private void set(String property, Object value) {
    run("set", property + "=" + value);
  }

  private void run(String command, String... arguments) {
    ClusterCommandResult result = commands.run(command, arguments);
    if (result.getExitStatus() != ClusterCommandResult.ExitStatus.SUCCESS) {
      throw new IllegalStateException(
          "Payara refuses %s %s: %s"
              .formatted(command, arguments[0].replaceAll("=.*", ""), result.getOutput()));
    }
  }
}
