package io.nettrace.edge.front;

/**
 * What the program that started the server asks of the application, in the same JVM but with other
 * class loaders: that is what JMX is for. The launcher starts the server with its listeners closed;
 * nothing answers at them until the application serves.
 */
public interface DoorsMXBean {
  /** The launcher knows the name, too. */
  String NAME = "io.nettrace:type=Doors";

  /** Opens one of the server's listeners, with all that stands between it and the application. */
  void open(String listener);

  /** From now on every request is refused with 503: the application is about to stop. */
  void close();
}
