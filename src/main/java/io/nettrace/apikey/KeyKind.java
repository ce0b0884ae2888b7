package io.nettrace.apikey;

/** What a key is for; its first characters say so. */
public enum KeyKind {
  /** For programs that do their work. */
  LIVE("ntk_live_"),
  /** For trying things out: it may only read. */
  TEST("ntk_test_");

  private final String prefix;

  KeyKind(String prefix) {
    this.prefix = prefix;
  }

  String prefix() {
    return prefix;
  }
}
