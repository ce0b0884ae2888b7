package io.nettrace.edge.portal.record;

import java.util.List;

/**
 * Why a figure may be trusted, and how far.
 *
 * @param id part of an address within the page
 * @param value the figure as it is shown, with its unit
 * @param definition what it is, exactly
 * @param facts how it was had: what, and in words
 * @param caveats what to keep in mind
 */
public record Reason(
    String id,
    String title,
    String value,
    String unit,
    String sub,
    String definition,
    String source,
    List<Fact> facts,
    List<String> caveats) {
  /** One line. */
  public record Fact(String name, String text) {}
}
