package io.nettrace.platform.web;

import io.nettrace.platform.log.SampledLog;
import java.lang.System.Logger.Level;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.CharacterCodingException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/**
 * What a client causes: a connection that breaks off, a body or an encoding that is none. It is
 * told by one sampled line without a trace.
 */
public final class ClientFaults {
  private static final Set<Class<? extends Exception>> KINDS =
      Set.of(SocketException.class, ClosedChannelException.class, CharacterCodingException.class);

  /** Of the container, whose classes are not ours to import. */
  private static final Set<String> NAMES =
      Set.of(
          "ClientAbortException",
          "ViewExpiredException",
          "ProtectedViewException",
          "InvalidContentTypeException",
          "MalformedStreamException",
          "FileSizeLimitExceededException",
          "SizeLimitExceededException");

  private static final SampledLog LOG =
      new SampledLog(
          System.getLogger(ClientFaults.class.getName()),
          Level.INFO,
          Duration.ofSeconds(10),
          Clock.systemUTC());

  private ClientFaults() {}

  /** Whether it is one, which is told then. */
  public static boolean tell(Throwable thrown, String traceId) {
    boolean one = isOne(thrown);
    if (one) {
      LOG.log("client", "request " + traceId + " was broken by its client");
    }
    return one;
  }

  /** Whether a client caused it. */
  public static boolean isOne(Throwable thrown) {
    boolean one = false;
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      Throwable each = t;
      if (each instanceof SQLException) {
        return false; // it was the database's connection that broke off
      }
      if (KINDS.stream().anyMatch(kind -> kind.isInstance(each))
          || NAMES.contains(each.getClass().getSimpleName())) {
        one = true;
      }
    }
    return one;
  }
}
