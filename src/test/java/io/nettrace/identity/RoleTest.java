package io.nettrace.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RoleTest {
  /** Every cell, written a second time and by hand: a changed one is changed on purpose. */
  private static final String TABLE =
      """
      READ_MEASUREMENTS OWNER ADMIN ANALYST VIEWER AUDITOR
      ORDER_EXPORTS OWNER ADMIN ANALYST
      MANAGE_TARGETS OWNER ADMIN ANALYST
      READ_USAGE OWNER ADMIN BILLING ANALYST AUDITOR
      READ_TENANT OWNER ADMIN BILLING ANALYST VIEWER AUDITOR
      MANAGE_TENANT OWNER ADMIN
      READ_MEMBERS OWNER ADMIN AUDITOR
      MANAGE_MEMBERS OWNER ADMIN
      MANAGE_KEYS OWNER ADMIN
      MANAGE_BILLING OWNER BILLING
      READ_EVIDENCE OWNER ADMIN AUDITOR
      EXPORT_TENANT OWNER
      DELETE_TENANT OWNER
      """;

  @Test
  void everyPermissionIsHadByExactlyTheseRoles() {
    String table =
        Arrays.stream(Permission.values())
            .map(
                permission ->
                    permission
                        + Arrays.stream(Role.values())
                            .filter(role -> role.permissions().contains(permission))
                            .map(role -> " " + role)
                            .collect(Collectors.joining()))
            .collect(Collectors.joining("\n", "", "\n"));
    assertThat(table).isEqualTo(TABLE);
  }

  @Test
  void onlyOwnersManageOwners() {
    for (Role other : Role.values()) {
      assertThat(Role.OWNER.mayManage(other)).isTrue();
      assertThat(Role.ADMIN.mayManage(other)).isEqualTo(other != Role.OWNER);
      for (Role powerless : EnumSet.of(Role.BILLING, Role.ANALYST, Role.VIEWER, Role.AUDITOR)) {
        assertThat(powerless.mayManage(other)).isFalse();
      }
    }
  }
}
