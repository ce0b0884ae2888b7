package io.nettrace.prober.strategy;

/** Where tasks order their probes. */
interface Agenda {
  /** Sends {@code item} of the task at {@code due} or as soon after as rates allow. */
  void probe(Task task, int item, long due);

  /** Calls the task's {@link Task#woken} at {@code due}. */
  void wake(Task task, long due);
}
