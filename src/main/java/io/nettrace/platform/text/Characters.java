package io.nettrace.platform.text;

/** What single characters (code points) are like, as far as names go. */
public final class Characters {
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final int BLACK_FLAG = 0x1F3F4;
  private static final int FIRST_TAG = 0xE0020;
  private static final int LAST_TAG = 0xE007F;

  private Characters() {}

  /** Whether a text cannot be encoded, because half of a surrogate pair stands in it alone. */
  public static boolean hasHalf(String text) {
    return text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  static boolean isJoiner(int c) {
    return c == ZERO_WIDTH_NON_JOINER || c == ZERO_WIDTH_JOINER;
  }

  /** Chooses a form of the character before it. */
  static boolean isVariationSelector(int c) {
    return (c >= 0xFE00 && c <= 0xFE0F)
        || (c >= 0xE0100 && c <= 0xE01EF)
        || (c >= 0x180B && c <= 0x180D)
        || c == 0x180F;
  }

  /** One of those that say, behind a black flag, which flag it is. */
  static boolean isTag(int c) {
    return c >= FIRST_TAG && c <= LAST_TAG;
  }

  static boolean endsTags(int c) {
    return c == LAST_TAG;
  }

  static boolean beginsTags(int c) {
    return c == BLACK_FLAG;
  }

  /** Belongs to the character before it. */
  static boolean isMark(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
          true;
      default -> false;
    };
  }

  static boolean isSpace(int c) {
    return Character.getType(c) == Character.SPACE_SEPARATOR;
  }

  /** What a joiner may stand between: letters, their marks, and symbols such as emoji. */
  static boolean canBeJoined(int c) {
    return switch (Character.getType(c)) {
      case Character.OTHER_SYMBOL, Character.MODIFIER_SYMBOL -> true;
      default -> Character.isLetter(c) || isMark(c);
    };
  }

  /**
   * Characters without a glyph, or that turn others around: controls, format characters other than
   * those with a shape, fillers, private and unassigned code points, halves of pairs.
   */
  static boolean isUnshowable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      case Character.FORMAT -> !hasShape(c);
      default -> isFiller(c);
    };
  }

  /** Format characters that are drawn: signs above or below numbers. */
  private static boolean hasShape(int c) {
    return (c >= 0x600 && c <= 0x605)
        || c == 0x6DD
        || c == 0x70F
        || c == 0x890
        || c == 0x891
        || c == 0x8E2
        || c == 0x110BD
        || c == 0x110CD;
  }

  /** Letters, marks and symbols by their type that show nothing. */
  private static boolean isFiller(int c) {
    return c == 0x34F
        || c == 0x115F
        || c == 0x1160
        || c == 0x17B4
        || c == 0x17B5
        || c == 0x2800
        || c == 0x3164
        || c == 0xFFA0;
  }
}
