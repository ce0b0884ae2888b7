package io.nettrace.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What the text of a setting may be.
 *
 * @param accepts in words
 */
record Form(String accepts, Predicate<String> takes) {
  private static final int HIGHEST_PORT = 65_535;

  static final Form PORT = whole("a port number", 1, HIGHEST_PORT);
  static final Form PORT_OR_NONE =
      new Form(PORT.accepts + ", or 0 for none", text -> text.equals("0") || PORT.takes.test(text));
  static final Form FLAG = new Form("true or false", Form::isFlag);
  static final Form FOLDER = text("a folder's path");
  static final Form FILE = text("a file's path");
  static final Form ADDRESS = new Form("an address of this machine", Form::isAddress);

  static Form text(String accepts) {
    return new Form(accepts, _ -> true);
  }

  static Form whole(int least, int most) {
    return whole("a whole number", least, most);
  }

  private static Form whole(String what, int least, int most) {
    return new Form(
        "%s from %d to %d".formatted(what, least, most), text -> isWithin(text, least, most));
  }

  static Form choice(String... words) {
    return new Form("one of " + String.join(", ", words), List.of(words)::contains);
  }

  static Form matching(String accepts, String pattern) {
    return new Form(accepts, Pattern.compile(pattern).asMatchPredicate());
  }

  private static boolean isWithin(String text, int least, int most) {
    try {
      int number = Integer.parseInt(text);
      return number >= least && number <= most;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isFlag(String text) {
    return List.of("true", "false").contains(text.toLowerCase(Locale.ROOT));
  }

  private static boolean isAddress(String text) {
    try {
      InetAddress _ = InetAddress.getByName(text);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
