package io.nettrace.edge.portal;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Parameters of an address that a page cannot use. It shows something else then, and the frame of
 * the page says what was wrong and what is shown: no parameter is passed over in silence.
 */
@Named("parameters")
@RequestScoped
public class AddressParameters {
  private static final int LONGEST = 60;

  private final Set<String> notices = new LinkedHashSet<>();

  /** What a parameter means; when it is given and means nothing, {@code instead} is said. */
  public <T> Optional<T> one(
      String name, @Nullable String text, Optional<T> meaning, String instead) {
    if (meaning.isEmpty() && text != null && !text.isBlank()) {
      instead(name, text, "is not known", instead);
    }
    return meaning;
  }

  /**
   * Says what is wrong with a parameter.
   *
   * @param wrong follows its name and value
   * @param instead what is shown, as a sentence without a full stop
   */
  public void instead(String name, String text, String wrong, String instead) {
    String value = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    notices.add("%s “%s” %s: %s.".formatted(DisplayFormat.sentence(name), value, wrong, instead));
  }

  /** Says that something else is shown than was set, as a sentence. */
  public void tell(String notice) {
    notices.add(notice);
  }

  /** One sentence for each parameter that was not used as it is. */
  public List<String> getNotices() {
    return List.copyOf(notices);
  }
}
