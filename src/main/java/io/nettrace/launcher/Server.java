package io.nettrace.launcher;

import io.nettrace.platform.log.ConsoleLog;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;

/**
 * The program in the web server's process: hears its settings, serves, and ends with its parent.
 */
final class Server {
  /** What the launcher is called with instead of an archive to be this program. */
  static final String ARGUMENT = "--server";

  /** The line after the settings; no line of properties looks like it. */
  static final String END_OF_SETTINGS = "#end of settings";

  private static final PrintStream ANSWERS =
      new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private static final PrintStream NOWHERE =
      new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

  private Server() {}

  /** Exits with 1 when the start cannot work, after it has told why. */
  static void main(File war) {
    // what libraries print rather than log is not for the operator
    System.setOut(NOWHERE);
    try {
      serve(war);
    } catch (StartFailure e) {
      refuse(String.valueOf(e.getMessage()));
    } catch (IOException | InterruptedException e) {
      refuse("The web server cannot start: " + e);
    }
  }

  private static void serve(File war) throws StartFailure, IOException, InterruptedException {
    BufferedReader parent =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.ISO_8859_1));
    adopt(parent);
    StartSettings settings = StartSettings.read();
    ConsoleLog.configure();
    Path pid = ServerProcess.pidFile(settings.data());
    Files.createDirectories(Objects.requireNonNull(pid.getParent(), "a file's folder"));
    Files.writeString(pid, Long.toString(ProcessHandle.current().pid()));
    WebServer server = WebServer.boot(settings);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
    endWith(parent);
    server.deploy(war);
    ANSWERS.println(ServerProcess.SERVING);
  }

  private static void adopt(BufferedReader parent) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String line = parent.readLine(); line != null; line = parent.readLine()) {
      if (line.equals(END_OF_SETTINGS)) {
        break;
      }
      text.append(line).append('\n');
    }
    Properties told = new Properties();
    told.load(new StringReader(text.toString()));
    told.forEach((name, value) -> System.setProperty((String) name, (String) value));
  }

  private static void endWith(BufferedReader parent) {
    Thread.ofPlatform()
        .daemon()
        .name("parent-watch")
        .start(
            () -> {
              try {
                while (parent.readLine() != null) {
                  // nothing more is said; the end of it is the message
                }
              } catch (IOException e) {
                // it ended, too
              }
              System.exit(0);
            });
  }

  private static void stop(WebServer server) {
    // the server resets its log while it stops, and would say so in another voice
    System.setErr(NOWHERE);
    try {
      server.close();
    } catch (Exception e) {
      // this process ends either way
    }
  }

  private static void refuse(String reason) {
    ANSWERS.println(ServerProcess.REFUSED + reason.replace("\\", "\\\\").replace("\n", "\\n"));
    System.exit(1);
  }
}
