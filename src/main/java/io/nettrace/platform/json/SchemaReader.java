package io.nettrace.platform.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Reads JSON documents of one kind: well-formed, without repeated members, and true to a schema.
 */
public final class SchemaReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonSchema schema;

  private SchemaReader(JsonSchema schema) {
    this.schema = schema;
  }

  /** A reader for the schema in the class path resource {@code name} beside {@code owner}. */
  public static SchemaReader of(Class<?> owner, String name) {
    try (InputStream in = owner.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no schema " + name + " beside " + owner.getName());
      }
      SchemaValidatorsConfig config =
          SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER).build();
      return new SchemaReader(
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
              .getSchema(JSON.readTree(in), config));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The document in {@code content}; {@code file} names it in what is thrown. */
  public JsonNode read(String file, byte[] content) throws InvalidDocumentException {
    JsonNode document = parse(file, content);
    List<DocumentProblem> problems =
        schema.validate(document).stream().map(message -> problem(file, message)).toList();
    if (!problems.isEmpty()) {
      throw new InvalidDocumentException(problems);
    }
    return document;
  }

  private static JsonNode parse(String file, byte[] content) throws InvalidDocumentException {
    try {
      return StrictJson.tree(content);
    } catch (JsonFaultException e) {
      throw new InvalidDocumentException(
          List.of(new DocumentProblem(file, "", e.fault().toString())));
    }
  }

  private static DocumentProblem problem(String file, ValidationMessage message) {
    String pointer = message.getInstanceLocation().toString();
    String text = message.getMessage();
    String reason = text.startsWith(pointer + ": ") ? text.substring(pointer.length() + 2) : text;
    return new DocumentProblem(file, pointer, reason);
  }
}
