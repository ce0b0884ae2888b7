package io.nettrace.lab.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nettrace.platform.json.InvalidDocumentException;
import io.nettrace.platform.json.SchemaReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads and writes scenarios as JSON documents; {@code src/docs/lab.md} describes them. */
public final class ScenarioFile {
  private static final String SHIPPED = "newark.json";
  private static final String SCHEMA = "scenario.schema.json";

  private ScenarioFile() {}

  /** The scenario in a file that somebody wrote, held to the schema and the rules. */
  public static Scenario read(Path file) throws IOException, InvalidDocumentException {
    return read(file.toString(), Files.readAllBytes(file));
  }

  /** The scenario in {@code content}; {@code name} says where it is from in what is thrown. */
  public static Scenario read(String name, byte[] content) throws InvalidDocumentException {
    JsonNode document = SchemaReader.of(ScenarioFile.class, SCHEMA).read(name, content);
    return scenario(name, document);
  }

  /**
   * The internet that NetTrace ships with: every target of the catalogue as seen from Newark. A
   * test holds it to the schema, so that starting does not have to.
   */
  public static Scenario shipped() {
    try (InputStream in = ScenarioFile.class.getResourceAsStream(SHIPPED)) {
      if (in == null) {
        throw new IllegalStateException("the scenario " + SHIPPED + " is not on the class path");
      }
      return scenario(SHIPPED, new JsonMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InvalidDocumentException e) {
      throw new IllegalStateException("the shipped scenario is broken", e);
    }
  }

  /** The scenario as a document that {@link #read} reads, one step of a route per line. */
  public static String write(Scenario scenario) {
    return new ScenarioWriter().write(scenario);
  }

  private static Scenario scenario(String name, JsonNode document) throws InvalidDocumentException {
    ScenarioProblems problems = new ScenarioProblems(name);
    Scenario scenario = new ScenarioReader(problems).scenario(document);
    problems.throwIfAny();
    new ScenarioRules(scenario, problems).check();
    problems.throwIfAny();
    return scenario;
  }
}
