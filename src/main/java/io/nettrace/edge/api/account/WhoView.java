package io.nettrace.edge.api.account;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who is signed in, for which tenant, and what they may do there.
 *
 * @param session the token, only in the answer that begins a session
 * @param tenant absent when the person acts for none
 * @param plan what that tenant pays for
 * @param secondFactorMissing the tenant demands one, and until then nothing may be done for it
 * @param provenUntil until when what needs a fresh proof may be done
 */
record WhoView(
    @Nullable String session,
    UUID id,
    PersonView person,
    @Nullable OwnTenantView tenant,
    @Nullable String plan,
    List<String> permissions,
    List<OwnTenantView> tenants,
    boolean secondFactor,
    boolean secondFactorMissing,
    Instant signedInAt,
    Instant provenUntil) {}
