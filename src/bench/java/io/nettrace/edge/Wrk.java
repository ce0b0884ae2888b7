package io.nettrace.edge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As many calls as go through, made by wrk with each of some keys in turn. */
final class Wrk {
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s*([0-9.]+)");
  private static final String TURNS =
      """
      local requests, at = {}, 0
      function init()
        for key in io.lines("%s") do
          wrk.headers["X-API-Key"] = key
          requests[#requests + 1] = wrk.format()
        end
      end
      function request()
        at = at %% #requests + 1
        return requests[at]
      end
      """;

  private final String root;
  private final Path script;

  Wrk(int port, Path folder, List<String> keys) throws IOException {
    root = "http://127.0.0.1:" + port;
    Path file = folder.resolve("keys");
    Files.write(file, keys);
    script = Files.writeString(folder.resolve("turns.lua"), TURNS.formatted(file));
  }

  /** Calls a second; an answer other than 2xx or 3xx is an error. */
  double rate(String path, int seconds) throws IOException {
    Process wrk =
        new ProcessBuilder(
                "wrk", "-t2", "-c32", "-d" + seconds, "-s", script.toString(), root + path)
            .redirectErrorStream(true)
            .start();
    String said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher matcher = RATE.matcher(said);
    if (!matcher.find() || said.contains("Non-2xx")) {
      throw new IllegalStateException("wrk said: " + said);
    }
    return Double.parseDouble(matcher.group(1));
  }
}
