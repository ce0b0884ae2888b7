package io.nettrace.launcher;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What an operator is told at the start because it works, and should not stay as it is. */
final class Warnings {
  private static final String OURS = "nettrace.";
  private static final String PUBLIC_URL = "nettrace.public-url";

  private static final String SHARED_TOKEN = "nettrace.scanner.token";

  /** Where earlier releases kept one token for all scanners. */
  private static final String OLD_TOKEN = "secrets/scanner-token";

  private Warnings() {}

  static List<String> of(StartSettings settings) {
    List<String> warnings = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      warnings.add(
          "Warning: this runs as root. Only a scanner needs a privilege, CAP_NET_RAW; the rest runs"
              + " as an ordinary user.");
    }
    if (isOpen(settings.web().address())
        && settings.web().tlsPort() == 0
        && !settings.property(PUBLIC_URL).startsWith("https:")) {
      warnings.add(
          "Warning: the web server listens on %s without HTTPS: passwords and keys travel in the clear. Put a proxy before it and set %s to its https address, or set nettrace.tls.port."
              .formatted(settings.web().address(), PUBLIC_URL));
    }
    if (isOpen(settings.web().operationsAddress())) {
      warnings.add(
          "Warning: operators, metrics and scanners are answered on %s, in the clear. That must be a network of your own."
              .formatted(settings.web().operationsAddress()));
    }
    if (settings.web().scannersPort() > 0 && settings.web().tlsFile().isEmpty()) {
      warnings.add(
          "Warning: scanners elsewhere are answered without TLS: set nettrace.tls.file, or let a"
              + " proxy end TLS before nettrace.scanners.port.");
    }
    if (Files.exists(settings.data().resolve(OLD_TOKEN)) && !isSet(SHARED_TOKEN)) {
      warnings.add(
          "Warning: %s opens nothing any more: each scanner needs the credential of its vantage point (nettrace vantage-points, issue-credential). Until all have theirs, set %s to the file's content; then delete the file."
              .formatted(settings.data().resolve(OLD_TOKEN), SHARED_TOKEN));
    }
    return List.copyOf(warnings);
  }

  /** Names that nothing reads, such as those with a letter too few. */
  static List<String> ofUnknown(Set<String> application) {
    return System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith(OURS) && !application.contains(name))
        .filter(name -> !name.equals(StartSettings.COMMAND_LINE))
        .filter(
            name -> Stream.of(StartSetting.values()).noneMatch(one -> one.property().equals(name)))
        .sorted()
        .map("Warning: there is no setting %s; what it says is left aside."::formatted)
        .toList();
  }

  private static boolean isSet(String property) {
    return StartSettings.text(property).filter(value -> !value.isEmpty()).isPresent();
  }

  /** Whether others than this machine reach the address. */
  private static boolean isOpen(String address) {
    try {
      return !InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return true;
    }
  }
}
