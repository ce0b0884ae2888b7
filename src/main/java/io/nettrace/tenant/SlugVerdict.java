package io.nettrace.tenant;

/** Whether a tenant may have a slug. */
public sealed interface SlugVerdict {
  record Free() implements SlugVerdict {}

  /** {@code rule} says what a slug is. */
  record Malformed(String rule) implements SlugVerdict {}

  /** We keep it for ourselves. */
  record Reserved() implements SlugVerdict {}

  /** Somebody has it, or had it, or has one that looks like it. */
  record Taken() implements SlugVerdict {}
}
