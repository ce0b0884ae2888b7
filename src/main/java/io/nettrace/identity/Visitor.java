package io.nettrace.identity;

import java.util.Optional;

/**
 * Who is at the other end of a request, as far as the request says. What is too long is cut.
 *
 * @param address network address
 * @param userAgent what the program calls itself; empty when it does not say
 * @param device token of the device cookie, which tells a returning browser from an unknown one
 * @param session token of the session cookie; a sign-in ends that session
 */
public record Visitor(
    String address, String userAgent, Optional<String> device, Optional<String> session) {
  private static final int MOST_ADDRESS_LENGTH = 64;
  private static final int MOST_USER_AGENT_LENGTH = 256;

  public Visitor {
    address = showable(address, MOST_ADDRESS_LENGTH);
    userAgent = showable(userAgent, MOST_USER_AGENT_LENGTH);
    device = device.filter(OpaqueToken::isWellFormed);
    session = session.filter(OpaqueToken::isWellFormed);
  }

  public Visitor(String address, String userAgent) {
    this(address, userAgent, Optional.empty(), Optional.empty());
  }

  /** Without the tokens. */
  @Override
  public String toString() {
    return "Visitor[" + address + ", " + userAgent + "]";
  }

  private static String showable(String text, int most) {
    String cut = text.length() <= most ? text : text.substring(0, most);
    return cut.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
  }
}
