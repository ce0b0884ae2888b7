package io.nettrace.posix;

/** Offsets of struct mmsghdr, msghdr, cmsghdr and sock_extended_err on 64-bit Linux. */
final class MessageLayout {
  static final long MMSGHDR_BYTES = 64;
  static final long NAME = 0;
  static final long NAME_LENGTH = 8;
  static final long IOVEC = 16;
  static final long IOVEC_COUNT = 24;
  static final long CONTROL = 32;
  static final long CONTROL_LENGTH = 40;
  static final long TRANSFERRED = 56;

  static final long IOVEC_BYTES = 16;
  static final long NAME_BYTES = 32;

  static final long CMSG_LEVEL = 8;
  static final long CMSG_TYPE = 12;
  static final long CMSG_HEADER_BYTES = 16;

  static final int SOL_SOCKET = 1;
  static final int SCM_TIMESTAMPING = 37;
  static final int SOL_IP = 0;
  static final int IP_TTL = 2;
  static final int IP_RECVERR = 11;
  static final int SOL_IPV6 = 41;
  static final int IPV6_RECVERR = 25;
  static final int IPV6_HOPLIMIT = 52;

  static final long ERROR_ORIGIN = 4;
  static final long ERROR_TYPE = 5;
  static final long ERROR_CODE = 6;
  static final long ERROR_OFFENDER = 16;

  private MessageLayout() {}

  static long aligned(long length) {
    return length + 7 & ~7L;
  }
}
