package io.nettrace.platform.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import io.nettrace.platform.time.TimeText;
import java.io.IOException;
import java.time.Instant;

/** Times as {@link TimeText#write} writes them. */
public final class InstantWriter extends StdScalarSerializer<Instant> {
  private static final long serialVersionUID = 1;

  public InstantWriter() {
    super(Instant.class);
  }

  @Override
  public void serialize(Instant time, JsonGenerator json, SerializerProvider provider)
      throws IOException {
    json.writeString(TimeText.write(time));
  }
}
