package io.nettrace.edge.portal.people;

/** The square of a QR code: its fixed patterns, then the bytes in their zigzag, then a mask. */
final class QrModules {
  private static final int MASKS = 8;
  private static final int LOW_CORRECTION = 1;

  private final int version;
  private final int size;
  private final boolean[][] dark;

  /** Modules of the patterns, which no byte and no mask touches. */
  private final boolean[][] fixed;

  private QrModules(int version) {
    this.version = version;
    this.size = 17 + 4 * version;
    this.dark = new boolean[size][size];
    this.fixed = new boolean[size][size];
  }

  /** The square, rows first, with the mask that gives the calmest picture. */
  static boolean[][] of(int version, byte[] words) {
    QrModules modules = new QrModules(version);
    modules.patterns();
    modules.write(words);
    int best = 0;
    int least = Integer.MAX_VALUE;
    for (int mask = 0; mask < MASKS; mask++) {
      modules.mask(mask);
      modules.format(mask);
      int unrest = modules.unrest();
      if (unrest < least) {
        least = unrest;
        best = mask;
      }
      modules.mask(mask); // twice is not at all
    }
    modules.mask(best);
    modules.format(best);
    return modules.dark;
  }

  /** How many bytes fit, check bytes included. */
  static int bytes(int version) {
    int modules = (16 * version + 128) * version + 64;
    if (version >= 2) {
      int side = version / 7 + 2;
      modules -= (25 * side - 10) * side - 55;
    }
    return (version >= 7 ? modules - 36 : modules) / 8;
  }

  private void patterns() {
    for (int i = 0; i < size; i++) {
      fix(6, i, i % 2 == 0);
      fix(i, 6, i % 2 == 0);
    }
    rings(3, 3, 4);
    rings(size - 4, 3, 4);
    rings(3, size - 4, 4);
    int[] centres = centres();
    for (int y : centres) {
      for (int x : centres) {
        boolean corner =
            (x == 6 && y == 6) || (x == 6 && y == size - 7) || (y == 6 && x == size - 7);
        if (!corner) {
          rings(x, y, 2);
        }
      }
    }
    format(0);
    if (version >= 7) {
      version();
    }
  }

  /** Where the small squares stand, in both directions. */
  private int[] centres() {
    if (version == 1) {
      return new int[0];
    }
    int many = version / 7 + 2;
    int step = (version * 4 + many * 2 + 1) / (many * 2 - 2) * 2;
    int[] centres = new int[many];
    centres[0] = 6;
    for (int i = many - 1, at = size - 7; i > 0; i--, at -= step) {
      centres[i] = at;
    }
    return centres;
  }

  /** Squares around a centre, dark and light in turn; a radius of 4 has a light edge. */
  private void rings(int x, int y, int radius) {
    for (int dy = -radius; dy <= radius; dy++) {
      for (int dx = -radius; dx <= radius; dx++) {
        int ring = Math.max(Math.abs(dx), Math.abs(dy));
        boolean inside = x + dx >= 0 && x + dx < size && y + dy >= 0 && y + dy < size;
        if (inside) {
          fix(x + dx, y + dy, radius == 4 ? ring != 2 && ring != 4 : ring != 1);
        }
      }
    }
  }

  /** Correction and mask, twice, with a BCH code. */
  private void format(int mask) {
    int data = LOW_CORRECTION << 3 | mask;
    int bits = (data << 10 | rest(data, 10, 0x537)) ^ 0x5412;
    for (int i = 0; i < 15; i++) {
      boolean on = (bits >> i & 1) == 1;
      if (i < 8) {
        fix(8, i < 6 ? i : i + 1, on);
        fix(size - 1 - i, 8, on);
      } else {
        fix(i == 8 ? 7 : 14 - i, 8, on);
        fix(8, size - 15 + i, on);
      }
    }
    fix(8, size - 8, true);
  }

  private void version() {
    int bits = version << 12 | rest(version, 12, 0x1F25);
    for (int i = 0; i < 18; i++) {
      boolean on = (bits >> i & 1) == 1;
      fix(size - 11 + i % 3, i / 3, on);
      fix(i / 3, size - 11 + i % 3, on);
    }
  }

  private static int rest(int data, int degree, int divisor) {
    int rest = data;
    for (int i = 0; i < degree; i++) {
      rest = rest << 1 ^ (rest >> degree - 1) * divisor;
    }
    return rest;
  }

  /** Two columns at a time from the right, up and down in turn, around the patterns. */
  private void write(byte[] words) {
    int bit = 0;
    for (int right = size - 1; right >= 1; right -= 2) {
      if (right == 6) {
        right = 5;
      }
      boolean up = (right + 1 & 2) == 0;
      for (int step = 0; step < 2 * size; step++) {
        int x = right - step % 2;
        int y = up ? size - 1 - step / 2 : step / 2;
        if (!fixed[y][x] && bit < 8 * words.length) {
          dark[y][x] = (words[bit / 8] >> 7 - bit % 8 & 1) == 1;
          bit++;
        }
      }
    }
  }

  private void mask(int mask) {
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        dark[y][x] ^= !fixed[y][x] && isTurned(mask, x, y);
      }
    }
  }

  private static boolean isTurned(int mask, int x, int y) {
    return switch (mask) {
      case 0 -> (x + y) % 2 == 0;
      case 1 -> y % 2 == 0;
      case 2 -> x % 3 == 0;
      case 3 -> (x + y) % 3 == 0;
      case 4 -> (x / 3 + y / 2) % 2 == 0;
      case 5 -> x * y % 2 + x * y % 3 == 0;
      case 6 -> (x * y % 2 + x * y % 3) % 2 == 0;
      default -> ((x + y) % 2 + x * y % 3) % 2 == 0;
    };
  }

  /** Long runs and squares of one colour make it hard for a reader to find its way. */
  private int unrest() {
    int unrest = 0;
    for (int a = 0; a < size; a++) {
      int row = 0;
      int column = 0;
      for (int b = 0; b < size; b++) {
        row = b > 0 && dark[a][b] == dark[a][b - 1] ? row + 1 : 1;
        column = b > 0 && dark[b][a] == dark[b - 1][a] ? column + 1 : 1;
        unrest += cost(row) + cost(column);
        if (a > 0 && b > 0 && isSquare(b, a)) {
          unrest += 3;
        }
      }
    }
    return unrest;
  }

  private static int cost(int run) {
    return run == 5 ? 3 : run > 5 ? 1 : 0;
  }

  private boolean isSquare(int x, int y) {
    boolean colour = dark[y][x];
    return dark[y][x - 1] == colour && dark[y - 1][x] == colour && dark[y - 1][x - 1] == colour;
  }

  private void fix(int x, int y, boolean on) {
    dark[y][x] = on;
    fixed[y][x] = true;
  }
}
