package io.nettrace.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.webauthn4j.converter.AttestationObjectConverter;
import com.webauthn4j.converter.AuthenticatorDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.attestation.AttestationObject;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.authenticator.EC2COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.extension.authenticator.AuthenticationExtensionAuthenticatorOutput;
import com.webauthn4j.data.extension.authenticator.RegistrationExtensionAuthenticatorOutput;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/**
 * A browser and a security key in one, with a single P-256 passkey. What it does wrong on purpose
 * is set by its fields.
 */
final class SoftwareAuthenticator {
  private static final JsonMapper JSON = new JsonMapper();
  private static final ObjectConverter CONVERTER = new ObjectConverter();
  private static final byte PRESENT_AND_VERIFIED =
      AuthenticatorData.BIT_UP | AuthenticatorData.BIT_UV;

  private final KeyPair keys;
  private final byte[] credentialId = new byte[32];
  private byte[] userHandle = new byte[0];

  String origin = People.ADDRESS.base().toString();
  byte flags = PRESENT_AND_VERIFIED;
  long counter;

  SoftwareAuthenticator() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    keys = generator.generateKeyPair();
    new SecureRandom().nextBytes(credentialId);
  }

  /** {@code RegistrationResponseJSON} to {@code PublicKeyCredentialCreationOptions}. */
  String register(String options) throws Exception {
    JsonNode asked = JSON.readTree(options);
    userHandle = Base64.getUrlDecoder().decode(asked.at("/user/id").textValue());
    counter++;
    AttestedCredentialData credential =
        new AttestedCredentialData(
            AAGUID.ZERO,
            credentialId,
            EC2COSEKey.create((ECPublicKey) keys.getPublic(), COSEAlgorithmIdentifier.ES256));
    AuthenticatorData<RegistrationExtensionAuthenticatorOutput> data =
        new AuthenticatorData<>(
            sha256(asked.at("/rp/id").textValue().getBytes(StandardCharsets.UTF_8)),
            (byte) (flags | AuthenticatorData.BIT_AT),
            counter,
            credential);
    byte[] attestation =
        new AttestationObjectConverter(CONVERTER)
            .convertToBytes(new AttestationObject(data, new NoneAttestationStatement()));
    ObjectNode answer = answer();
    answer
        .putObject("response")
        .put("clientDataJSON", base64(clientData("webauthn.create", asked)))
        .put("attestationObject", base64(attestation));
    return answer.toString();
  }

  /** {@code AuthenticationResponseJSON} to {@code PublicKeyCredentialRequestOptions}. */
  String signIn(String options) throws Exception {
    JsonNode asked = JSON.readTree(options);
    counter++;
    byte[] data =
        new AuthenticatorDataConverter(CONVERTER)
            .convert(
                new AuthenticatorData<AuthenticationExtensionAuthenticatorOutput>(
                    sha256(asked.at("/rpId").textValue().getBytes(StandardCharsets.UTF_8)),
                    flags,
                    counter));
    byte[] clientData = clientData("webauthn.get", asked);
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(keys.getPrivate());
    signature.update(data);
    signature.update(sha256(clientData));
    ObjectNode answer = answer();
    answer
        .putObject("response")
        .put("clientDataJSON", base64(clientData))
        .put("authenticatorData", base64(data))
        .put("signature", base64(signature.sign()))
        .put("userHandle", base64(userHandle));
    return answer.toString();
  }

  /** As if it held somebody else's passkey. */
  void pretendToBe(SoftwareAuthenticator other) {
    System.arraycopy(other.credentialId, 0, credentialId, 0, credentialId.length);
    userHandle = other.userHandle;
  }

  private ObjectNode answer() {
    ObjectNode answer =
        JSON.createObjectNode()
            .put("id", base64(credentialId))
            .put("rawId", base64(credentialId))
            .put("type", "public-key");
    answer.putObject("clientExtensionResults");
    return answer;
  }

  private byte[] clientData(String type, JsonNode asked) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JSON.writeValue(
        bytes,
        JSON.createObjectNode()
            .put("type", type)
            .put("challenge", asked.at("/challenge").textValue())
            .put("origin", origin)
            .put("crossOrigin", false));
    return bytes.toByteArray();
  }

  private static byte[] sha256(byte[] bytes) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
