package io.nettrace.edge.api.idempotency;

import io.nettrace.desk.Caller;
import io.nettrace.edge.api.http.ApiCaller;
import io.nettrace.platform.DatabaseException;
import io.nettrace.platform.Service;
import io.nettrace.platform.crypto.Sha256;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Has a call with an Idempotency-Key done once, after it was decided that the caller may call. */
@Service
public class IdempotencyFilter implements ContainerRequestFilter, ContainerResponseFilter {
  static final String HEADER = "Idempotency-Key";

  private static final Logger LOG = System.getLogger(IdempotencyFilter.class.getName());
  private static final String MINE = "nettrace.idempotency";
  private static final int LONGEST_BODY = 1 << 16;
  private static final Pattern KEY = Pattern.compile("[\\x20-\\x7e]{1,255}");

  private final KeyDerivation derivation;
  private final IdempotencyStore answers;

  /** A call that this request is to do. */
  private record Mine(KeyedCall call, UUID claim) {}

  @Inject
  IdempotencyFilter(KeyDerivation derivation, IdempotencyStore answers) {
    this.derivation = derivation;
    this.answers = answers;
  }

  @Override
  public void filter(ContainerRequestContext request) throws IOException {
    String text = request.getHeaderString(HEADER);
    if (text == null
        || !(request.getSecurityContext().getUserPrincipal() instanceof ApiCaller caller)
        || caller.actsFor().isEmpty()) {
      return;
    }
    if (!KEY.matcher(text).matches()) {
      throw IdempotencyRefusals.malformed();
    }
    byte[] body = request.getEntityStream().readNBytes(LONGEST_BODY + 1);
    if (body.length > LONGEST_BODY) {
      throw IdempotencyRefusals.tooLarge(LONGEST_BODY);
    }
    request.setEntityStream(new ByteArrayInputStream(body));
    KeyedCall call = call(request, caller, text, body);
    switch (answers.claim(call)) {
      case Claim.Granted(UUID id) -> request.setProperty(MINE, new Mine(call, id));
      case Claim.Running _ -> throw IdempotencyRefusals.running();
      case Claim.OtherCall _ -> throw IdempotencyRefusals.otherCall();
      case Claim.Finished(StoredAnswer answer) -> request.abortWith(answer.again());
    }
  }

  /** Before the answer leaves, so that whoever got it can have it again. */
  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (!(request.getProperty(MINE) instanceof Mine(KeyedCall call, UUID claim))) {
      return;
    }
    Optional<StoredAnswer> answer =
        StoredAnswer.isForNow(response.getStatus()) ? Optional.empty() : StoredAnswer.of(response);
    try {
      answer.ifPresentOrElse(
          kept -> answers.finish(call, claim, kept), () -> answers.release(call, claim));
    } catch (DatabaseException e) {
      // what was done is done, and the client is to know it; the claim ends by itself
      LOG.log(Level.WARNING, "an answer could not be kept for a repetition", e);
    }
  }

  private KeyedCall call(
      ContainerRequestContext request, ApiCaller caller, String text, byte[] body) {
    String credential =
        switch (caller.credential()) {
          case Caller.Credential.Key(var key) -> "key " + key.id();
          case Caller.Credential.Person(var session) -> "account " + session.accountId();
        };
    UUID tenantId = caller.tenant().id();
    String scope =
        String.join(
            "\n",
            tenantId.toString(),
            credential,
            request.getMethod(),
            request.getUriInfo().getRequestUri().getRawPath());
    return new KeyedCall(
        tenantId,
        derivation.derive(scope, text),
        fingerprint(
            request.getUriInfo().getRequestUri().getRawQuery(),
            request.getHeaderString("If-Match"),
            body));
  }

  private static byte[] fingerprint(@Nullable String query, @Nullable String ifMatch, byte[] body) {
    MessageDigest digest = Sha256.digest();
    digest.update((query + "\n" + ifMatch + "\n").getBytes(StandardCharsets.UTF_8));
    return digest.digest(body);
  }
}
