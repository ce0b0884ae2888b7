package io.nettrace.platform.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import io.nettrace.platform.time.TimeText;
import java.io.IOException;
import java.time.Instant;

/** Times as texts, by the one parser. */
final class InstantReader extends StdScalarDeserializer<Instant> {
  private static final long serialVersionUID = 1;

  InstantReader() {
    super(Instant.class);
  }

  @Override
  public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
    if (!json.hasToken(JsonToken.VALUE_STRING)) {
      return (Instant) context.handleUnexpectedToken(Instant.class, json);
    }
    return switch (TimeText.parse(json.getText())) {
      case TimeText.Good(Instant time) -> time;
      case TimeText.Bad(String reason) ->
          throw InvalidFormatException.from(json, reason, json.getText(), Instant.class);
    };
  }
}
