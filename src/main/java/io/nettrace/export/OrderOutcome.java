package io.nettrace.export;

/** What became of an order. */
public sealed interface OrderOutcome {
  record Accepted(Export export) implements OrderOutcome {}

  /** It would come to more than one export may. */
  record TooLarge(Estimate estimate, long mostBytes) implements OrderOutcome {}

  /** What is kept already leaves no room for it. */
  record NoRoom(Estimate estimate, long freeBytes) implements OrderOutcome {}
}
