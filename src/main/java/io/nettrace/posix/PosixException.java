package io.nettrace.posix;

import java.io.IOException;

/** A system call failed: which, on what, and why. */
public final class PosixException extends IOException {
  private static final long serialVersionUID = 1L;
  private final int errno;

  public PosixException(String operation, String subject, int errno) {
    super(operation + " " + subject + ": " + Errno.describe(errno));
    this.errno = errno;
  }

  public int errno() {
    return errno;
  }
}
