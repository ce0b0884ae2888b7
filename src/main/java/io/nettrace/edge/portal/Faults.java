package io.nettrace.edge.portal;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is wrong with a form: of single fields, and as a whole. */
@Named("faults")
@RequestScoped
public class Faults {
  private final Map<String, String> byField = new LinkedHashMap<>();
  private String whole = "";

  /** Notes what is wrong with a field; the first reason counts. */
  public void of(String field, String reason) {
    byField.putIfAbsent(field, sentence(reason));
  }

  /** Notes what is wrong with all of it. */
  public void whole(String reason) {
    whole = sentence(reason);
  }

  /** What is wrong with a field; empty when nothing is. */
  public String get(String field) {
    return byField.getOrDefault(field, "");
  }

  public String getWhole() {
    return whole;
  }

  public boolean isAny() {
    return !whole.isEmpty() || !byField.isEmpty();
  }

  private static String sentence(String reason) {
    String text = DisplayFormat.sentence(reason);
    return text.matches("(?s).*[.!?]$") ? text : text + ".";
  }
}
