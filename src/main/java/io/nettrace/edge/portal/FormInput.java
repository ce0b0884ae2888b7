package io.nettrace.edge.portal;

import io.nettrace.platform.Service;
import io.nettrace.platform.web.Received;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Parameters of a form or an address, as they were typed. Forms are plain ones: they say in {@code
 * do} what to do, and keep what was typed when something is wrong with it; secrets are never sent
 * back, since their fields have no value.
 */
@Service
@Named("input")
public class FormInput {
  private static final int LONGEST = 20_000;

  private final HttpServletRequest request;
  private final AddressParameters parameters;

  @Inject
  FormInput(HttpServletRequest request, AddressParameters parameters) {
    this.request = request;
    this.parameters = parameters;
  }

  /** Which page of a list an address asks for, from 0; one that is there, and why it is another. */
  int page(String name, int last) {
    String text = get(name);
    OptionalInt known = number(name).map(OptionalInt::of).orElseGet(OptionalInt::empty);
    int page = Math.clamp(known.orElse(text.matches("[0-9]+") ? last : 0), 0, last);
    if (!text.isEmpty() && (known.isEmpty() || known.getAsInt() != page)) {
      parameters.instead(
          name,
          text,
          "is not there",
          page == 0 ? "the first page is shown" : "the last page is shown");
    }
    return page;
  }

  /** The id behind which a list goes on; none is its first page, and said when it was meant. */
  public Optional<UUID> place(String name) {
    return parameters.one(name, get(name), id(name), "the first page is shown");
  }

  /** What a form wants done; empty when the page is only looked at. */
  public String wish() {
    return request.getMethod().equals("POST") ? get("do") : "";
  }

  /** Id of what is looked at to be changed, or was sent changed; empty when nothing is. */
  public Optional<String> edited() {
    String id =
        switch (wish()) {
          case "" -> get("edit");
          case "change" -> get("id");
          default -> "";
        };
    return Optional.of(id).filter(text -> !text.isEmpty());
  }

  /** A field, without spaces around it; empty when it was left out. */
  public String get(String name) {
    String text = Received.of(request).getParameter(name);
    return text == null || text.length() > LONGEST ? "" : text.strip();
  }

  /** A long text, such as a list; empty when it is longer than {@code most}. */
  public Optional<String> text(String name, int most) {
    String text = Received.of(request).getParameter(name);
    return Optional.ofNullable(text == null ? "" : text).filter(all -> all.length() <= most);
  }

  /** A password as it was typed, spaces and all. */
  public String secret(String name) {
    String text = Received.of(request).getParameter(name);
    return text == null || text.length() > LONGEST ? "" : text;
  }

  /** All values of a field that may be chosen several times. */
  public List<String> all(String name) {
    String[] values = Received.of(request).getParameterValues(name);
    return values == null ? List.of() : Arrays.asList(values);
  }

  public boolean has(String name) {
    return Received.of(request).getParameter(name) != null;
  }

  /** An id; empty when it is none. */
  public Optional<UUID> id(String name) {
    return uuid(get(name));
  }

  /** The id that this is; empty when it is none. */
  public static Optional<UUID> uuid(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** What the next form carries, so that it is taken in once. */
  public UUID once() {
    return UUID.randomUUID();
  }

  /** A whole number; empty when it is none. */
  public Optional<Integer> number(String name) {
    return get(name).matches("-?[0-9]{1,9}")
        ? Optional.of(Integer.parseInt(get(name)))
        : Optional.empty();
  }
}
