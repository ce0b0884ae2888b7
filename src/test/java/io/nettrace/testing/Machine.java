package io.nettrace.testing;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a test needs of the machine. Where it is missing the test is skipped with a line, unless the
 * property {@code nettrace.test.require} lists it; then the test fails.
 */
public enum Machine {
  /** Network namespaces with a TUN device, and raw sockets in them. */
  LAB,
  BROWSER,
  /** Debian's programs: peers, and tools of the tests. */
  PROGRAM,
  /** The test runs as root. */
  ROOT;

  private static final String REQUIRED = System.getProperty("nettrace.test.require", "");

  /** Goes on when there is no reason why it is missing. */
  public void require(Optional<String> missing) {
    if (missing.isPresent()) {
      String why = "no %s here: %s".formatted(word(), missing.get());
      if (isRequired()) {
        fail(why);
      }
      assumeTrue(false, why);
    }
  }

  private boolean isRequired() {
    return Arrays.asList(REQUIRED.split(",", -1)).contains(word());
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
