package io.nettrace.prober.packet;

/** Whether bytes are a reply to a probe such as ours, and if not, what is wrong with them. */
public enum ReplyVerdict {
  ACCEPTED,
  /** Shorter than its own headers or its quote say. */
  TRUNCATED,
  BAD_CHECKSUM,
  /** Fields that contradict each other. */
  MALFORMED,
  /** Well formed, but not an answer to any kind of probe that we send. */
  FOREIGN
}
