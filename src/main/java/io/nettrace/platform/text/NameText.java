package io.nettrace.platform.text;

import java.text.Normalizer;
import java.util.Optional;

/**
 * A name as typed, of a target, tag, watch list, key, person or organisation: one line of 1 to so
 * many characters, at least one of which can be seen. Characters are counted as code points of the
 * composed form (NFC), which is also what is kept. A zero-width joiner or non-joiner is taken
 * inside a word or an emoji, a variation selector behind what it varies, tags behind a flag.
 */
public sealed interface NameText {
  record Good(String text) implements NameText {}

  /** {@code reason} goes on after the name of what was read. */
  record Bad(String reason) implements NameText {}

  static NameText parse(String typed, int most) {
    String text = Reading.normal(typed);
    return new Reading(text)
        .fault(most)
        .<NameText>map(reason -> new Bad("must be 1 to " + most + " characters" + reason))
        .orElseGet(() -> new Good(text));
  }

  /** The text if it is good. */
  default Optional<String> good() {
    return this instanceof Good(String text) ? Optional.of(text) : Optional.empty();
  }

  /** What is wrong with it, if anything is. */
  default Optional<String> bad() {
    return this instanceof Bad(String reason) ? Optional.of(reason) : Optional.empty();
  }

  /** One text, read from the left. */
  final class Reading {
    /** More marks than any writing system stacks on one letter. */
    private static final int MOST_MARKS = 8;

    private static final int NONE = -1;

    private final int[] points;

    private Reading(String text) {
      points = text.codePoints().toArray();
    }

    private static String normal(String typed) {
      String text = Normalizer.normalize(typed, Normalizer.Form.NFC);
      int start = 0;
      int end = text.length();
      while (start < end && isBlank(text.charAt(start))) {
        start++;
      }
      while (end > start && isBlank(text.charAt(end - 1))) {
        end--;
      }
      return text.substring(start, end);
    }

    private static boolean isBlank(char c) {
      return Character.isSpaceChar(c) || Character.isWhitespace(c);
    }

    private Optional<String> fault(int most) {
      if (points.length == 0) {
        return Optional.of("; it is empty");
      }
      if (points.length > most) {
        return Optional.of("; it has " + points.length);
      }
      int marks = 0;
      boolean visible = false;
      for (int i = 0; i < points.length; i++) {
        Optional<String> fault = faultAt(i);
        if (fault.isPresent()) {
          return fault;
        }
        boolean mark = Characters.isMark(points[i]);
        marks = mark ? marks + 1 : 0;
        if (marks > MOST_MARKS) {
          return Optional.of("; more than " + MOST_MARKS + " marks stand on one letter");
        }
        visible |= !mark && !Characters.isSpace(points[i]) && !isInvisible(points[i]);
      }
      return visible ? Optional.empty() : Optional.of(" of which one can be seen");
    }

    private static boolean isInvisible(int c) {
      return Characters.isJoiner(c) || Characters.isTag(c) || Characters.isVariationSelector(c);
    }

    private Optional<String> faultAt(int at) {
      int c = points[at];
      int before = at == 0 ? NONE : points[at - 1];
      if (Characters.isJoiner(c)) {
        int after = at + 1 == points.length ? NONE : points[at + 1];
        boolean inside = canBeJoined(before) && canBeJoined(after);
        return inside ? Optional.empty() : Optional.of("; a joiner stands alone" + named(c));
      }
      if (Characters.isVariationSelector(c)) {
        boolean bare = before == NONE || Characters.isSpace(before) || isInvisible(before);
        return bare ? Optional.of("; one varies nothing" + named(c)) : Optional.empty();
      }
      if (Characters.isTag(c)) {
        return isOfFlag(at) ? Optional.empty() : Optional.of("; one cannot be shown" + named(c));
      }
      if (Characters.isUnshowable(c)) {
        return Optional.of("; one cannot be shown" + named(c));
      }
      return at == 0 && Characters.isMark(c)
          ? Optional.of("; a mark stands on no letter" + named(c))
          : Optional.empty();
    }

    private static boolean canBeJoined(int c) {
      return c != NONE && (Characters.canBeJoined(c) || Characters.isVariationSelector(c));
    }

    /** Whether it is one of the tags that follow a black flag and end as they must. */
    private boolean isOfFlag(int at) {
      int begin = at;
      while (begin > 0 && Characters.isTag(points[begin])) {
        begin--;
      }
      int end = at;
      while (end + 1 < points.length && !Characters.endsTags(points[end])) {
        if (!Characters.isTag(points[end])) {
          return false;
        }
        end++;
      }
      return Characters.beginsTags(points[begin]) && Characters.endsTags(points[end]);
    }

    private static String named(int c) {
      return " (U+%04X)".formatted(c);
    }
  }
}
