package io.nettrace.edge.portal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What pages hand to their scripts. */
public final class ScriptJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ScriptJson() {}

  /** Of maps, lists, records, text and numbers. */
  public static String of(Object plain) {
    try {
      return MAPPER.writeValueAsString(plain);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what scripts are given is plain", e);
    }
  }
}
