package io.nettrace.identity;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nettrace.platform.PublicAddress;
import java.util.List;

/** What browsers are asked for, in the JSON form of WebAuthn Level 3, 5.1.9 and 5.1.10. */
final class PasskeyOptions {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String NAME = "NetTrace";

  /** COSE numbers of ES256, EdDSA and RS256, the best liked first. */
  private static final List<Integer> ALGORITHMS = List.of(-7, -8, -257);

  private PasskeyOptions() {}

  static String registration(
      PublicAddress address, Session session, String challenge, List<byte[]> present) {
    ObjectNode options = common(challenge, TokenPurpose.PASSKEY_REGISTRATION);
    options.putObject("rp").put("id", address.host()).put("name", NAME);
    options
        .putObject("user")
        .put("id", OpaqueToken.text(UserHandle.of(session.accountId())))
        .put("name", session.email().text())
        .put("displayName", session.name().text());
    ArrayNode algorithms = options.putArray("pubKeyCredParams");
    for (int algorithm : ALGORITHMS) {
      algorithms.addObject().put("type", "public-key").put("alg", algorithm);
    }
    ArrayNode exclude = options.putArray("excludeCredentials");
    for (byte[] id : present) {
      exclude.addObject().put("type", "public-key").put("id", OpaqueToken.text(id));
    }
    options
        .putObject("authenticatorSelection")
        .put("residentKey", "required")
        .put("requireResidentKey", true)
        .put("userVerification", "required");
    options.put("attestation", "none");
    return options.toString();
  }

  static String signIn(PublicAddress address, String challenge) {
    return common(challenge, TokenPurpose.PASSKEY_SIGN_IN)
        .put("rpId", address.host())
        .put("userVerification", "required")
        .toString();
  }

  private static ObjectNode common(String challenge, TokenPurpose purpose) {
    return JSON.createObjectNode()
        .put("challenge", challenge)
        .put("timeout", purpose.life().toMillis());
  }
}
