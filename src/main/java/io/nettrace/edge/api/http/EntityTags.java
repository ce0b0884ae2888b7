package io.nettrace.edge.api.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The tags of an {@code If-Match} or {@code If-None-Match} by their grammar (RFC 9110, 8.8.3 and
 * 13.1): a list of quoted texts, in which commas may stand, or {@code *}. A header that is not such
 * a list names nothing. Weakness is left aside: a proxy that packs answers makes strong tags weak.
 *
 * @param any whether it is {@code *}
 * @param opaque what stands between the quotes
 */
record EntityTags(boolean any, List<String> opaque) {
  /** What {@link AnswerEncoding} appends to the tag of an answer that it packs. */
  static final String PACKED = "-gzip";

  private static final Pattern TAG =
      Pattern.compile("(?:W/)?\"([\\x21\\x23-\\x7E\\x80-\\uFFFF]*)\"");
  private static final Pattern COMMAS = Pattern.compile("[ \\t]*(?:,[ \\t]*)*");
  private static final EntityTags NONE = new EntityTags(false, List.of());

  static EntityTags parse(@Nullable String header) {
    if (header == null) {
      return NONE;
    }
    if (header.strip().equals("*")) {
      return new EntityTags(true, List.of());
    }
    List<String> opaque = new ArrayList<>();
    Matcher tag = TAG.matcher(header);
    Matcher commas = COMMAS.matcher(header);
    int at = behind(commas, 0);
    while (at < header.length()) {
      if (!tag.region(at, header.length()).lookingAt()) {
        return NONE;
      }
      opaque.add(tag.group(1));
      int next = behind(commas, tag.end());
      if (next < header.length() && header.substring(tag.end(), next).isBlank()) {
        return NONE; // two tags without a comma between them
      }
      at = next;
    }
    return new EntityTags(false, List.copyOf(opaque));
  }

  private static int behind(Matcher commas, int at) {
    return commas.region(at, commas.regionEnd()).lookingAt() ? commas.end() : at;
  }

  /** The tag of the list that is {@code tag}, of the plain answer or of the packed one. */
  Optional<String> matching(String tag) {
    return any
        ? Optional.of(tag)
        : opaque.stream().filter(one -> plain(one).equals(tag)).findFirst();
  }

  /** The tags as the plain answers have them. */
  List<String> plain() {
    return opaque.stream().map(EntityTags::plain).toList();
  }

  private static String plain(String tag) {
    return tag.endsWith(PACKED) ? tag.substring(0, tag.length() - PACKED.length()) : tag;
  }
}
