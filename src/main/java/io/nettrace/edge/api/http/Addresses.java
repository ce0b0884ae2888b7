package io.nettrace.edge.api.http;

import io.nettrace.apikey.KeyText;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What no request's address may hold: it ends up in logs and histories. */
final class Addresses {
  private static final int LONGEST_QUERY = 2048;
  private static final Pattern KEY = Pattern.compile(KeyText.PATTERN);
  private static final Set<String> KEY_PARAMETERS =
      Set.of("api_key", "apikey", "api-key", "x-api-key", "key", "token", "access_token");

  private Addresses() {}

  static void check(@Nullable String query) {
    if (query == null) {
      return;
    }
    if (query.length() > LONGEST_QUERY) {
      throw BadRequests.addressTooLong(LONGEST_QUERY);
    }
    for (String pair : query.split("&", -1)) {
      String name = pair.split("=", 2)[0];
      if (KEY_PARAMETERS.contains(name.toLowerCase(Locale.ROOT)) || KEY.matcher(pair).find()) {
        throw KeyRefusals.keyInAddress(name);
      }
    }
  }
}
