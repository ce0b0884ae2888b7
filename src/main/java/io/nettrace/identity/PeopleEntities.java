package io.nettrace.identity;

import io.nettrace.platform.EntityClasses;
import io.nettrace.platform.Service;
import java.util.List;

/** Which tables of people are mapped to entities. */
@Service
public class PeopleEntities implements EntityClasses {
  @Override
  public List<Class<?>> entities() {
    return List.of(AccountEntity.class, MemberEntity.class, InvitationEntity.class);
  }
}
