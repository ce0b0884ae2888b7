package io.nettrace.platform.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.nettrace.platform.text.Characters;
import io.nettrace.platform.time.TimeText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one reader of JSON that others wrote: RFC 8259 in UTF-8, and nothing that two readers could
 * understand in two ways. Refused are repeated members, anything after the document, half
 * characters, {@code null} in lists, and every value of another kind than is wanted: no text counts
 * as a number, no fraction as a whole number, no number as a text or a truth value. A byte order
 * mark is skipped. Members are named in snake case.
 */
public final class StrictJson {
  private static final int DEEPEST = 64;
  private static final int LONGEST_NUMBER = 64;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private static final JsonMapper MAPPER = mapper();

  private StrictJson() {}

  /** Any document. */
  public static JsonNode tree(byte[] json) throws JsonFaultException {
    String text = text(json);
    try (JsonParser parser = MAPPER.createParser(text)) {
      return tree(parser);
    } catch (StreamConstraintsException e) {
      throw fault("", "it is nested too deeply, or holds a number that is too long");
    } catch (StreamReadException e) {
      throw fault(e);
    } catch (JsonMappingException e) {
      throw fault("", "it goes on after the end of the document");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A document that has the members of {@code type}, each of its kind. */
  public static <T> T read(byte[] json, Class<T> type) throws JsonFaultException {
    JsonNode tree = tree(json);
    try {
      T read = MAPPER.treeToValue(tree, type);
      if (read == null) {
        throw fault("", "it is empty");
      }
      return read;
    } catch (UnrecognizedPropertyException e) {
      throw fault(
          path(e.getPath()),
          "is not known; known are " + String.join(", ", known(e.getKnownPropertyIds())));
    } catch (MismatchedInputException e) {
      throw fault(path(e.getPath()), kind(e));
    } catch (JsonMappingException e) {
      throw fault(
          path(e.getPath()), e.getPath().isEmpty() ? "it is not the object expected" : wrong(e));
    } catch (JsonProcessingException e) {
      throw fault("", "it is not JSON");
    }
  }

  private static JsonNode tree(JsonParser parser) throws IOException, JsonFaultException {
    JsonNode tree = MAPPER.readTree(parser);
    if (tree == null || tree.isMissingNode()) {
      throw fault("", "it is empty");
    }
    try {
      if (parser.nextToken() != null) {
        throw fault("", "it goes on after the end of the document");
      }
    } catch (StreamReadException e) {
      throw fault("", "it goes on after the end of the document");
    }
    check("", tree);
    return tree;
  }

  private static String text(byte[] json) throws JsonFaultException {
    String text;
    try {
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(json))
              .toString();
    } catch (CharacterCodingException e) {
      throw fault("", "it is not UTF-8");
    }
    if (text.indexOf('\0') >= 0) {
      // UTF-16 and UTF-32 of plain letters are well-formed UTF-8 with many of them
      throw fault("", "it is not JSON in UTF-8");
    }
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  /** What the grammar allows and no writer means. */
  private static void check(String where, JsonNode node) throws JsonFaultException {
    switch (node.getNodeType()) {
      case OBJECT -> {
        for (Map.Entry<String, JsonNode> member : node.properties()) {
          if (Characters.hasHalf(member.getKey())) {
            throw fault(where, "has a member whose name holds half a character");
          }
          check(
              where.isEmpty() ? member.getKey() : where + "." + member.getKey(), member.getValue());
        }
      }
      case ARRAY -> {
        for (int i = 0; i < node.size(); i++) {
          String item = "%s[%d]".formatted(where, i);
          if (node.get(i).isNull()) {
            throw fault(item, "must not be null");
          }
          check(item, node.get(i));
        }
      }
      case STRING -> {
        if (Characters.hasHalf(node.textValue())) {
          throw fault(where, "holds half a character (a surrogate without its other half)");
        }
      }
      case NUMBER -> {
        if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
          throw fault(where, "is a number too large");
        }
      }
      default -> {}
    }
  }

  private static JsonFaultException fault(StreamReadException e) {
    String message = String.valueOf(e.getOriginalMessage());
    if (message.startsWith("Duplicate field '")) {
      String name = message.substring(message.indexOf('\'') + 1, message.lastIndexOf('\''));
      return fault(name, "is given more than once" + where(e));
    }
    if (message.startsWith("Unexpected end-of-input")) {
      return fault("", "it ends too early" + where(e));
    }
    return fault("", "it is not JSON" + where(e));
  }

  private static String where(StreamReadException e) {
    return " (line %d, column %d)"
        .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }

  private static JsonFaultException fault(String member, String reason) {
    return new JsonFaultException(new JsonFault(member, reason));
  }

  private static String path(List<JsonMappingException.Reference> path) {
    StringBuilder text = new StringBuilder();
    for (JsonMappingException.Reference step : path) {
      String name = step.getFieldName();
      if (name == null) {
        text.append('[').append(step.getIndex()).append(']');
      } else {
        text.append(text.isEmpty() ? "" : ".").append(name);
      }
    }
    return text.toString();
  }

  private static List<String> known(@Nullable Collection<Object> names) {
    return Optional.ofNullable(names).orElse(Collections.emptyList()).stream()
        .map(String::valueOf)
        .sorted()
        .toList();
  }

  private static String kind(MismatchedInputException e) {
    Class<?> wanted = e.getTargetType();
    if (e.getPath().isEmpty()) {
      return wanted != null && wanted.isArray()
          ? "it is not the list expected"
          : "it is not the object expected";
    }
    if (wanted == null) {
      return wrong(e);
    }
    if (wanted == Instant.class) {
      return e instanceof InvalidFormatException
          ? e.getOriginalMessage()
          : "must be a text with " + TimeText.EXAMPLE;
    }
    if (wanted == String.class || wanted.isEnum()) {
      return "must be a text";
    }
    if (wanted == Boolean.class || wanted == boolean.class) {
      return "must be true or false";
    }
    if (wanted == Integer.class
        || wanted == Long.class
        || wanted == int.class
        || wanted == long.class) {
      return "must be a whole number";
    }
    if (Number.class.isAssignableFrom(wanted) || wanted.isPrimitive()) {
      return "must be a number";
    }
    return Collection.class.isAssignableFrom(wanted) || wanted.isArray()
        ? "must be a list"
        : "must be an object";
  }

  private static String wrong(JsonMappingException e) {
    return String.valueOf(e.getOriginalMessage()).contains("out of range")
        ? "is out of range"
        : "is wrong";
  }

  private static JsonMapper mapper() {
    JsonFactory factory =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(LONGEST_NUMBER)
                    .build())
            .build();
    JsonMapper.Builder builder =
        JsonMapper.builder(factory)
            .addModule(new SimpleModule().addDeserializer(Instant.class, new InstantReader()))
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
    for (LogicalType kind : LogicalType.values()) {
      for (CoercionInputShape shape : CoercionInputShape.values()) {
        if (isOther(kind, shape)) {
          builder.withCoercionConfig(
              kind, config -> config.setCoercion(shape, CoercionAction.Fail));
        }
      }
    }
    return builder.build();
  }

  /** Whether a value of that shape is of another kind. */
  private static boolean isOther(LogicalType kind, CoercionInputShape shape) {
    return switch (shape) {
      case Integer -> kind != LogicalType.Integer && kind != LogicalType.Float;
      case Float -> kind != LogicalType.Float;
      case Boolean -> kind != LogicalType.Boolean;
      case String, EmptyString -> kind != LogicalType.Textual && kind != LogicalType.Enum;
      case EmptyArray -> kind != LogicalType.Array && kind != LogicalType.Collection;
      case Array, Object, EmptyObject, Binary -> false;
    };
  }
}
