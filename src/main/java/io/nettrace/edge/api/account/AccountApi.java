package io.nettrace.edge.api.account;

import java.util.Set;

/** The resources of this part of the API. */
public final class AccountApi {
  private AccountApi() {}

  public static Set<Class<?>> resources() {
    return Set.of(
        AccountResource.class,
        AuthenticatorAppResource.class,
        CurrentSessionResource.class,
        EmailResource.class,
        InvitationsResource.class,
        JoiningResource.class,
        KeysResource.class,
        LetterBlocksResource.class,
        MembersResource.class,
        PasskeysResource.class,
        PasswordResetsResource.class,
        PlansResource.class,
        RecoveryCodesResource.class,
        SessionPolicyResource.class,
        SessionsResource.class,
        SignInsResource.class,
        SignUpsResource.class,
        TenantResource.class,
        TenantSettingsResource.class,
        UsageResource.class);
  }
}
