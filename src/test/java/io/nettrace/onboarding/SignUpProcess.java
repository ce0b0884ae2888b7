package io.nettrace.onboarding;

import io.nettrace.tenant.TenantKit;
import io.nettrace.testing.MortalSource;
import java.nio.file.Path;
import java.time.Clock;

/**
 * A node that takes one sign-up and kills itself in the middle of it. Arguments: JDBC address,
 * folder of the secrets, the slug of who signs up or the token that is confirmed, and before which
 * step to die.
 */
public final class SignUpProcess {
  static final int KILLED = 137;

  private SignUpProcess() {}

  public static void main(String[] arguments) {
    MortalSource source = new MortalSource(TenantKit.source(arguments[0]));
    SignUpNode node =
        new SignUpNode(arguments[0], source, Path.of(arguments[1]), 0, Clock.systemUTC());
    boolean _ =
        source.dies(
            (_, what) -> {
              if (what.startsWith(arguments[3])) {
                Runtime.getRuntime().halt(KILLED);
              }
              return false;
            },
            () -> System.out.println(outcome(node, arguments[2])));
    System.exit(0);
  }

  private static Object outcome(SignUpNode node, String slugOrToken) {
    return slugOrToken.length() == 43
        ? node.confirm(slugOrToken)
        : node.begin(SignUpNode.wish(slugOrToken));
  }
}
