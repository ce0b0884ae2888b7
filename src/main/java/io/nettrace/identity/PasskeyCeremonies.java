package io.nettrace.identity;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.CollectedClientData;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.util.exception.WebAuthnException;
import io.nettrace.platform.PublicAddress;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads and verifies what authenticators answer (WebAuthn Level 3, 7.1 and 7.2). The person must
 * have been verified by the device, so that a passkey is two factors in one.
 */
final class PasskeyCeremonies {
  private static final Logger LOG = System.getLogger(PasskeyCeremonies.class.getName());
  private static final int MOST_ANSWER_LENGTH = 32_768;
  private static final boolean USER_VERIFIED = true;
  private static final boolean USER_PRESENT = true;
  private static final List<PublicKeyCredentialParameters> ALGORITHMS =
      List.of(
          algorithm(COSEAlgorithmIdentifier.ES256),
          algorithm(COSEAlgorithmIdentifier.EdDSA),
          algorithm(COSEAlgorithmIdentifier.RS256));

  private final ObjectConverter converter = new ObjectConverter();
  private final AttestedCredentialDataConverter credentials =
      new AttestedCredentialDataConverter(converter);
  private final WebAuthnManager manager = WebAuthnManager.createNonStrictWebAuthnManager(converter);
  private final PublicAddress address;

  PasskeyCeremonies(PublicAddress address) {
    this.address = address;
  }

  /** Empty when it is no answer to a request to register. */
  Optional<RegistrationData> registration(String json) {
    return json.length() > MOST_ANSWER_LENGTH
        ? Optional.empty()
        : attempt(() -> manager.parseRegistrationResponseJSON(json));
  }

  /** Empty when it is no answer to a request to sign in. */
  Optional<AuthenticationData> signIn(String json) {
    return json.length() > MOST_ANSWER_LENGTH
        ? Optional.empty()
        : attempt(() -> manager.parseAuthenticationResponseJSON(json));
  }

  /** The challenge that was answered, as the token that it is here; it may be anybody's words. */
  static Optional<String> challenge(@Nullable CollectedClientData clientData) {
    return Optional.ofNullable(clientData)
        .map(CollectedClientData::getChallenge)
        .map(challenge -> OpaqueToken.text(challenge.getValue()));
  }

  /** The new passkey, if everything about it is in order. */
  Optional<PasskeyStore.Stored> verified(RegistrationData data, UUID id, UUID accountId) {
    return attempt(
        () -> {
          manager.verify(
              data,
              new RegistrationParameters(
                  property(data.getCollectedClientData()),
                  ALGORITHMS,
                  USER_VERIFIED,
                  USER_PRESENT));
          AuthenticatorData<?> authenticator =
              present(present(data.getAttestationObject()).getAuthenticatorData());
          return new PasskeyStore.Stored(
              id,
              accountId,
              credentials.convert(present(authenticator.getAttestedCredentialData())),
              authenticator.getSignCount(),
              authenticator.isFlagBE(),
              authenticator.isFlagBS());
        });
  }

  /** The passkey after its use, if the answer is its own and everything is in order. */
  Optional<PasskeyStore.Stored> verified(AuthenticationData data, PasskeyStore.Stored passkey) {
    byte @Nullable [] handle = data.getUserHandle();
    if (handle != null && !Arrays.equals(handle, UserHandle.of(passkey.accountId()))) {
      return Optional.empty();
    }
    return attempt(
        () -> {
          manager.verify(
              data,
              new AuthenticationParameters(
                  property(data.getCollectedClientData()),
                  credential(passkey),
                  null,
                  USER_VERIFIED,
                  USER_PRESENT));
          AuthenticatorData<?> authenticator = present(data.getAuthenticatorData());
          return new PasskeyStore.Stored(
              passkey.id(),
              passkey.accountId(),
              passkey.credential(),
              authenticator.getSignCount(),
              passkey.backupEligible(),
              authenticator.isFlagBS());
        });
  }

  static byte[] credentialId(RegistrationData data) {
    AuthenticatorData<?> authenticator =
        present(present(data.getAttestationObject()).getAuthenticatorData());
    return present(authenticator.getAttestedCredentialData()).getCredentialId();
  }

  private CredentialRecordImpl credential(PasskeyStore.Stored passkey) {
    AttestedCredentialData data = credentials.convert(passkey.credential());
    return new CredentialRecordImpl(
        new NoneAttestationStatement(),
        USER_VERIFIED,
        passkey.backupEligible(),
        passkey.backedUp(),
        passkey.signCount(),
        data,
        null,
        null,
        null,
        null);
  }

  /** The challenge is the answered one: that it was ours, and unused, its token has shown. */
  private ServerProperty property(@Nullable CollectedClientData clientData) {
    return ServerProperty.builder()
        .origin(Origin.create(address.base().toString()))
        .rpId(address.host())
        .challenge(present(clientData).getChallenge())
        .build();
  }

  private static <T> T present(@Nullable T part) {
    if (part == null) {
      throw new WebAuthnException("the answer lacks a part");
    }
    return part;
  }

  /** Whatever the library throws: the answer is a stranger's, and it was no good. */
  private static <T> Optional<T> attempt(Supplier<T> step) {
    try {
      return Optional.of(step.get());
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "a passkey was refused: {0}", e.toString());
      return Optional.empty();
    }
  }

  private static PublicKeyCredentialParameters algorithm(COSEAlgorithmIdentifier algorithm) {
    return new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, algorithm);
  }
}
