package io.nettrace.identity;

/**
 * Who is at the other end of a request, as far as the request says. What is too long is cut.
 *
 * @param address network address
 * @param userAgent what the program calls itself; empty when it does not say
 */
public record Visitor(String address, String userAgent) {
  private static final int MOST_ADDRESS_LENGTH = 64;
  private static final int MOST_USER_AGENT_LENGTH = 256;

  public Visitor {
    address = showable(address, MOST_ADDRESS_LENGTH);
    userAgent = showable(userAgent, MOST_USER_AGENT_LENGTH);
  }

  private static String showable(String text, int most) {
    String cut = text.length() <= most ? text : text.substring(0, most);
    return cut.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
  }
}
