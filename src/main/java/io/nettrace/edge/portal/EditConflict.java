package io.nettrace.edge.portal;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Conflict of a form with a change that was saved while it was filled in. The page shows the values
 * that hold now beside those that were typed, and the next save replaces them.
 */
@Named("conflict")
@RequestScoped
public class EditConflict {
  private static final String VERSION = "version";

  private final Map<String, String> present = new LinkedHashMap<>();

  @Inject FormInput input;
  @Inject Faults faults;

  private boolean isConflict;
  private String address = "";

  /** The version that a form was made of; one that never was when it says none. */
  public int sent() {
    return input.number(VERSION).orElse(-1);
  }

  /** The version that the form carries on: the one that holds, or the one that it was made of. */
  public int version(int held) {
    return isConflict || input.wish().isEmpty() ? held : sent();
  }

  /** What a field holds now, in words; it is shown where something else was typed. */
  public EditConflict holds(String field, String now, boolean isTyped) {
    if (!isTyped) {
      present.put(field, now.isEmpty() ? "nothing" : now);
    }
    return this;
  }

  /** Says that there is a conflict; {@code form} is where the form is as it holds now. */
  public void tell(String form) {
    isConflict = true;
    address = form;
    faults.whole(
        present.isEmpty()
            ? "This was changed meanwhile, and is as you typed it by now"
            : "This was changed meanwhile. What holds now stands below each field that differs;"
                + " save again to replace it with yours");
  }

  /** What a field holds now; empty when that was typed, or when there is no conflict. */
  public String get(String field) {
    return present.getOrDefault(field, "");
  }

  /** Where the form is as it holds now; empty when there is no conflict. */
  public String getAddress() {
    return address;
  }
}
