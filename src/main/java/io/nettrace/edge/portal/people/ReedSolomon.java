package io.nettrace.edge.portal.people;

/** Check bytes by which a reader repairs a QR code, in GF(256) modulo x⁸+x⁴+x³+x²+1. */
final class ReedSolomon {
  private static final int MODULUS = 0x11D;

  private ReedSolomon() {}

  /** The remainder of {@code data} divided by (x−1)(x−2)(x−4)…, {@code many} factors. */
  static byte[] checks(byte[] data, int many) {
    int[] divisor = divisor(many);
    int[] rest = new int[many];
    for (byte each : data) {
      int factor = (each & 0xFF) ^ rest[0];
      System.arraycopy(rest, 1, rest, 0, many - 1);
      rest[many - 1] = 0;
      for (int i = 0; i < many; i++) {
        rest[i] ^= times(divisor[i], factor);
      }
    }
    byte[] bytes = new byte[many];
    for (int i = 0; i < many; i++) {
      bytes[i] = (byte) rest[i];
    }
    return bytes;
  }

  /** Without the leading 1. */
  private static int[] divisor(int many) {
    int[] divisor = new int[many];
    divisor[many - 1] = 1;
    int root = 1;
    for (int i = 0; i < many; i++) {
      for (int j = 0; j < many; j++) {
        divisor[j] = times(divisor[j], root) ^ (j + 1 < many ? divisor[j + 1] : 0);
      }
      root = times(root, 2);
    }
    return divisor;
  }

  private static int times(int a, int b) {
    int product = 0;
    for (int bit = 7; bit >= 0; bit--) {
      product = product << 1 ^ (product >> 7) * MODULUS;
      product ^= (b >> bit & 1) * a;
    }
    return product;
  }
}
