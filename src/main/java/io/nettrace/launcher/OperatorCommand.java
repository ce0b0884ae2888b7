package io.nettrace.launcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * What an operator does with tenants and vantage points at the terminal, and reads of what
 * happened: asks the running service at its operator's door, with the token from the data folder.
 */
@Command(
    name = "nettrace",
    mixinStandardHelpOptions = true,
    description = "Tenants of the NetTrace that runs on this machine.")
public final class OperatorCommand {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** What the service says when tenant, plan or file cannot be meant. */
  private static final Set<Integer> ARGUMENT_WRONG = Set.of(400, 404, 422);

  private static final String VANTAGE_POINTS = "vantage-points";
  private static final JsonMapper JSON = new JsonMapper();

  private final PrintStream out = System.out;

  @Spec private @Nullable CommandSpec spec;

  private OperatorCommand() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** What is wrong is one sentence, not a stack trace. */
  static CommandLine commandLine() {
    return new CommandLine(new OperatorCommand())
        .setParameterExceptionHandler(
            (wrong, _) -> {
              CommandLine command = wrong.getCommandLine();
              command.getErr().println(wrong.getMessage());
              String name = command.getCommandSpec().qualifiedName();
              command.getErr().println("Try '" + name + " --help'.");
              return ExitCode.USAGE;
            })
        .setExecutionExceptionHandler(
            (e, command, _) -> {
              command.getErr().println(Objects.requireNonNullElse(e.getMessage(), e.toString()));
              return ExitCode.SOFTWARE;
            });
  }

  @Command(
      name = "tenants",
      mixinStandardHelpOptions = true,
      description = "Lists tenants with plan and state.")
  int tenants() throws Exception {
    out.printf("%-24s %-16s %-10s %s%n", "slug", "plan", "state", "name");
    for (JsonNode tenant : ask("GET", "tenants", BodyPublishers.noBody()).path("tenants")) {
      line(tenant);
    }
    return 0;
  }

  @Command(name = "plan", mixinStandardHelpOptions = true, description = "Puts a tenant on a plan.")
  int plan(
      @Parameters(paramLabel = "SLUG") String slug, @Parameters(paramLabel = "PLAN") String plan)
      throws Exception {
    String body = JSON.writeValueAsString(JSON.createObjectNode().put("plan", plan));
    line(ask("PUT", "tenants/" + slug + "/plan", BodyPublishers.ofString(body)));
    return 0;
  }

  @Command(
      name = "suspend",
      mixinStandardHelpOptions = true,
      description = "Has a tenant's people and keys refused.")
  int suspend(@Parameters(paramLabel = "SLUG") String slug) throws Exception {
    return move(slug, "suspend");
  }

  @Command(name = "resume", mixinStandardHelpOptions = true, description = "Has them served again.")
  int resume(@Parameters(paramLabel = "SLUG") String slug) throws Exception {
    return move(slug, "resume");
  }

  @Command(
      name = "delete",
      mixinStandardHelpOptions = true,
      description = "Deletes a tenant when its grace is over.")
  int delete(@Parameters(paramLabel = "SLUG") String slug) throws Exception {
    return move(slug, "delete");
  }

  @Command(
      name = "restore",
      mixinStandardHelpOptions = true,
      description = "Brings back a tenant that is being deleted.")
  int restore(@Parameters(paramLabel = "SLUG") String slug) throws Exception {
    return move(slug, "restore");
  }

  @Command(
      name = "erase",
      mixinStandardHelpOptions = true,
      description = "Ends the grace of a tenant that is being deleted.")
  int erase(@Parameters(paramLabel = "SLUG") String slug) throws Exception {
    JsonNode _ = ask("POST", "tenants/" + slug + "/erase", BodyPublishers.noBody());
    out.println(slug + " is gone, with everything that was its own.");
    return 0;
  }

  @Command(
      name = "declare",
      mixinStandardHelpOptions = true,
      description = "Makes tenants what files declare them to be, and says what that changes.")
  int declare(
      @Option(names = "--dry-run", description = "Only say what would change.") boolean dryRun,
      @Parameters(paramLabel = "FILE", arity = "1..*") List<Path> files)
      throws Exception {
    for (Path file : files) {
      if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
        throw new ParameterException(
            Objects.requireNonNull(spec).commandLine().getSubcommands().get("declare"),
            "There is no readable file " + file + ".");
      }
    }
    for (Path file : files) {
      JsonNode diff = ask("POST", "declarations?dry_run=" + dryRun, BodyPublishers.ofFile(file));
      if (diff.path("changes").isEmpty()) {
        out.println(diff.path("slug").asText() + ": nothing to change");
      }
      for (JsonNode change : diff.path("changes")) {
        out.println(diff.path("slug").asText() + (dryRun ? ": would " : ": ") + change.asText());
      }
    }
    return 0;
  }

  @Command(
      name = "events",
      mixinStandardHelpOptions = true,
      description = "Lists what happened and who did it, the newest last.")
  int events(
      @Option(names = "--tenant", paramLabel = "SLUG", description = "A tenant's, by slug or id.")
          @Nullable String tenant,
      @Option(
              names = "--type",
              paramLabel = "TYPE",
              description = "Of that type or of all that begin so, such as apikey.")
          @Nullable String type,
      @Option(names = "--after", paramLabel = "SEQ", description = "Those after this one.")
          @Nullable Long after,
      @Option(names = "--limit", paramLabel = "N", description = "At most so many: 1 to 1000.")
          @Nullable Integer limit)
      throws Exception {
    String query = query("tenant", tenant, "type", type, "after", after, "limit", limit);
    for (JsonNode event : ask("GET", "events" + query, BodyPublishers.noBody()).path("items")) {
      out.printf(
          "%-8d %-27s %-20s %-28s %-44s %s %s%n",
          event.path("seq").asLong(),
          event.path("at").asText(),
          event.path("tenant").asText(event.path("tenant_id").asText("-")),
          event.path("type").asText(),
          event.path("actor").asText(),
          event.path("subject").asText(),
          event.path("details"));
    }
    return 0;
  }

  @Command(
      name = "jobs",
      mixinStandardHelpOptions = true,
      description = "Lists jobs that wait, run or were given up.")
  int jobs(
      @Option(names = "--type", paramLabel = "TYPE", description = "Of that type.")
          @Nullable String type,
      @Option(
              names = "--state",
              paramLabel = "STATE",
              description = "In that state: waiting, running or dead.")
          @Nullable String state,
      @Option(names = "--limit", paramLabel = "N", description = "At most so many: 1 to 1000.")
          @Nullable Integer limit)
      throws Exception {
    String query = query("type", type, "state", state, "limit", limit);
    for (JsonNode job : ask("GET", "jobs" + query, BodyPublishers.noBody()).path("items")) {
      job(job);
    }
    return 0;
  }

  @Command(
      name = "replay",
      mixinStandardHelpOptions = true,
      description = "Has a job that was given up tried again.")
  int replay(@Parameters(paramLabel = "JOB") String id) throws Exception {
    JsonNode _ = ask("POST", "jobs/" + segment(id) + "/replay", BodyPublishers.noBody());
    out.println(id + " is tried again.");
    return 0;
  }

  @Command(
      name = "drop",
      mixinStandardHelpOptions = true,
      description = "Cancels a job that waits, or drops one that was given up.")
  int drop(@Parameters(paramLabel = "JOB") String id) throws Exception {
    JsonNode _ = ask("DELETE", "jobs/" + segment(id), BodyPublishers.noBody());
    out.println(id + " is gone.");
    return 0;
  }

  @Command(
      name = "vantage-points",
      mixinStandardHelpOptions = true,
      description = "Lists vantage points, whose they are and what they measure.")
  int vantagePoints() throws Exception {
    for (JsonNode one : ask("GET", VANTAGE_POINTS, BodyPublishers.noBody()).path("items")) {
      vantagePoint(one);
    }
    return 0;
  }

  @Command(
      name = "add-vantage-point",
      mixinStandardHelpOptions = true,
      description = "Adds a vantage point, so that a scanner there can be given a credential.")
  int addVantagePoint(
      @Option(
              names = "--network",
              paramLabel = "NETWORK",
              defaultValue = "real",
              description = "What it measures in: real (the default) or lab.")
          String network,
      @Option(
              names = "--tenant",
              paramLabel = "SLUG",
              description = "Whose it is; shared by all unless set.")
          @Nullable String tenant,
      @Option(
              names = "--policy",
              paramLabel = "POLICY",
              description =
                  "What a tenant's measures: own (its targets; the default) or own_and_catalogue.")
          @Nullable String policy,
      @Parameters(paramLabel = "NAME") String name)
      throws Exception {
    ObjectNode wish = JSON.createObjectNode().put("name", name).put("network", network);
    if (tenant != null) {
      wish.put("tenant", tenant);
    }
    if (policy != null) {
      wish.put("policy", policy);
    }
    vantagePoint(
        ask("POST", VANTAGE_POINTS, BodyPublishers.ofString(JSON.writeValueAsString(wish))));
    return 0;
  }

  @Command(
      name = "credentials",
      mixinStandardHelpOptions = true,
      description = "Lists the credentials of a vantage point's scanners.")
  int credentials(@Parameters(paramLabel = "NAME") String name) throws Exception {
    JsonNode answer = ask("GET", credentialsOf(name), BodyPublishers.noBody());
    for (JsonNode one : answer.path("items")) {
      out.printf(
          "%s issued %s, last used %s%s%s%n",
          one.path("id").asText(),
          one.path("issued_at").asText(),
          one.path("last_used_at").asText("never"),
          one.has("expires_at") ? ", until " + one.path("expires_at").asText() : "",
          one.has("revoked_at") ? ", revoked " + one.path("revoked_at").asText() : "");
    }
    return 0;
  }

  @Command(
      name = "issue-credential",
      mixinStandardHelpOptions = true,
      description = "Prints a new credential for a vantage point's scanners, this once.")
  int issueCredential(@Parameters(paramLabel = "NAME") String name) throws Exception {
    out.println(ask("POST", credentialsOf(name), BodyPublishers.noBody()).path("secret").asText());
    return 0;
  }

  @Command(
      name = "rotate-credential",
      mixinStandardHelpOptions = true,
      description = "Prints a new credential for an old one, which stays good for a while.")
  int rotateCredential(
      @Option(
              names = "--overlap-hours",
              paramLabel = "N",
              defaultValue = "24",
              description = "For so long: 0 to 720, 24 unless set.")
          long hours,
      @Parameters(paramLabel = "NAME") String name,
      @Parameters(paramLabel = "ID") String id)
      throws Exception {
    String body =
        JSON.writeValueAsString(
            JSON.createObjectNode().put("overlap_seconds", Duration.ofHours(hours).toSeconds()));
    String path = credentialsOf(name) + "/" + segment(id) + "/rotate";
    out.println(ask("POST", path, BodyPublishers.ofString(body)).path("secret").asText());
    return 0;
  }

  @Command(
      name = "revoke-credential",
      mixinStandardHelpOptions = true,
      description = "Has a credential open nothing any more.")
  int revokeCredential(
      @Parameters(paramLabel = "NAME") String name, @Parameters(paramLabel = "ID") String id)
      throws Exception {
    JsonNode _ = ask("DELETE", credentialsOf(name) + "/" + segment(id), BodyPublishers.noBody());
    out.println(id + " opens nothing any more.");
    return 0;
  }

  private static String credentialsOf(String vantagePoint) {
    return VANTAGE_POINTS + "/" + segment(vantagePoint) + "/credentials";
  }

  private void vantagePoint(JsonNode one) {
    out.printf(
        "%-24s %-5s %-20s %-18s %s%n",
        one.path("name").asText(),
        one.path("network").asText(),
        one.path("tenant").asText(one.path("tenant_id").asText("-")),
        one.path("policy").asText(),
        one.path("has_spoken").asBoolean() ? "" : "no scanner yet");
  }

  private static String segment(String typed) {
    return URLEncoder.encode(typed, StandardCharsets.UTF_8);
  }

  private void job(JsonNode job) {
    out.printf(
        "%s %-14s %-8s %-27s %2d %-44s %s%n",
        job.path("id").asText(),
        job.path("type").asText(),
        job.path("state").asText(),
        job.path("died_at").asText(job.path("due_at").asText()),
        job.path("failed_attempts").asInt(),
        job.path("key").asText(),
        job.path("failure").asText());
  }

  private static String query(@Nullable Object... namesAndValues) {
    StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      @Nullable Object value = namesAndValues[i + 1];
      if (value != null) {
        query.add(
            namesAndValues[i] + "=" + URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
      }
    }
    return query.toString();
  }

  private int move(String slug, String verb) throws Exception {
    line(ask("POST", "tenants/" + slug + "/" + verb, BodyPublishers.noBody()));
    return 0;
  }

  private void line(JsonNode tenant) {
    out.printf(
        "%-24s %-16s %-10s %s%n",
        tenant.path("slug").asText(),
        tenant.path("plan").asText(),
        tenant.path("state").asText(),
        tenant.path("name").asText());
    if (tenant.has("schema_failure")) {
      out.println("  not served: its schema is behind: " + tenant.path("schema_failure").asText());
    }
  }

  private JsonNode ask(String method, String path, BodyPublisher body)
      throws StartFailure, IOException, InterruptedException {
    StartSettings settings = StartSettings.read();
    Path token = settings.data().resolve("operator-token");
    if (!Files.isReadable(token)) {
      throw new StartFailure(
          "There is no operator's token at "
              + token
              + "; name the data folder with NETTRACE_DATA, and start the service once.");
    }
    URI address = settings.web().operationsRoot().resolve("/operator/v1/" + path);
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(LIMIT)
            .header("Authorization", "Bearer " + Files.readString(token).strip())
            .header("Content-Type", "application/json")
            .method(method, body)
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (ARGUMENT_WRONG.contains(answer.statusCode())) {
        throw new ParameterException(running(), refusal(answer));
      }
      if (answer.statusCode() >= 300) {
        throw new StartFailure(refusal(answer));
      }
      return answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body());
    } catch (ConnectException e) {
      throw new StartFailure("No NetTrace answers at " + address.getAuthority() + "; start it.", e);
    }
  }

  private CommandLine running() {
    CommandLine program = Objects.requireNonNull(spec).commandLine();
    return program.getParseResult().subcommand().commandSpec().commandLine();
  }

  private static String refusal(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body()).path("detail").asText();
    } catch (JsonProcessingException e) {
      return "The service answers " + answer.statusCode();
    }
  }
}
