package io.nettrace.platform;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One configuration property: its name, the value it has when nobody sets it, what it accepts, and
 * what it means.
 *
 * @param standard the value when unset, in the form an operator would write
 * @param accepts what a value may be, in words
 * @param isSecret whether its value is never shown
 * @param parser turns text into a value, or throws {@link IllegalArgumentException} saying why not
 */
public record Setting<T>(
    String name,
    String standard,
    String accepts,
    String meaning,
    boolean isSecret,
    Function<String, T> parser) {

  public Setting(
      String name, String standard, String accepts, String meaning, Function<String, T> parser) {
    this(name, standard, accepts, meaning, false, parser);
  }

  public static Setting<Integer> integer(
      String name, int standard, int least, int most, String meaning) {
    return new Setting<>(
        name,
        Integer.toString(standard),
        "a whole number, " + least + " to " + most,
        meaning,
        text ->
            within(whole(text), BigInteger.valueOf(least), BigInteger.valueOf(most)).intValue());
  }

  public static Setting<Duration> duration(
      String name, String standard, String least, String most, String meaning) {
    return new Setting<>(
        name,
        standard,
        "a duration such as 500ms, 60s, 15m, 24h; " + least + " to " + most,
        meaning,
        text -> within(Durations.parse(text), Durations.parse(least), Durations.parse(most)));
  }

  public static Setting<String> choice(
      String name, String standard, List<String> choices, String meaning) {
    return new Setting<>(
        name,
        standard,
        "one of " + String.join(", ", choices),
        meaning,
        text -> {
          if (!choices.contains(text)) {
            throw new IllegalArgumentException("it is none of them");
          }
          return text;
        });
  }

  public static Setting<String> text(String name, String standard, String meaning) {
    return new Setting<>(name, standard, "text", meaning, Function.identity());
  }

  /**
   * Text that has no standard value; empty means unset. Only secrets have to be of some length, so
   * that they cannot be guessed.
   */
  public static Setting<Optional<String>> optionalText(
      String name, String accepts, int leastLength, String meaning) {
    return new Setting<>(
        name, "", accepts, meaning, leastLength > 1, text -> optional(text, leastLength));
  }

  public static Setting<Path> folder(String name, String standard, String meaning) {
    return new Setting<>(name, standard, "a folder's path", meaning, Path::of);
  }

  private static BigInteger whole(String text) {
    try {
      return new BigInteger(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("it is not a whole number", e);
    }
  }

  private static Optional<String> optional(String text, int leastLength) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (text.length() < leastLength) {
      throw new IllegalArgumentException("it has fewer than " + leastLength + " characters");
    }
    return Optional.of(text);
  }

  private static <V extends Comparable<V>> V within(V value, V least, V most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException("it is out of range");
    }
    return value;
  }
}
