package io.nettrace.platform;

import java.util.Optional;
import java.util.UUID;

/** Who makes a change. It is kept with the change, so it holds identifiers and no secret. */
public sealed interface Actor {

  /** A signed-in person, or one who proved to be the owner of an account. */
  record Person(UUID accountId) implements Actor {
    @Override
    public String text() {
      return "person:" + accountId;
    }
  }

  /** An API key. */
  record Key(UUID keyId) implements Actor {
    @Override
    public String text() {
      return "key:" + keyId;
    }
  }

  /** An operator of the installation, known by the operators' token. */
  record Operator() implements Actor {
    @Override
    public String text() {
      return "operator";
    }
  }

  /** A scanner at a vantage point. */
  record Scanner(String vantagePoint) implements Actor {
    @Override
    public String text() {
      return "scanner:" + vantagePoint;
    }
  }

  /**
   * The service itself.
   *
   * @param part the chore, job or form that made the change, as one word
   */
  @SuppressWarnings("AvoidCommonTypeNames") // the word for it; nothing here calls java.lang.System
  record System(String part) implements Actor {
    @Override
    public String text() {
      return "system:" + part;
    }
  }

  /** Kind and identifier, as they are stored and shown. */
  String text();

  /** The person's account, if it is a person. */
  default Optional<UUID> account() {
    return this instanceof Person(UUID accountId) ? Optional.of(accountId) : Optional.empty();
  }
}
