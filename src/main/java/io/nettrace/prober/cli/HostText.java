package io.nettrace.prober.cli;

import io.nettrace.platform.text.DomainName;

/** A host as it was typed: an address, or a name in any script as the name service knows it. */
sealed interface HostText {
  record Good(String ascii) implements HostText {}

  record Bad(String sentence) implements HostText {}

  static HostText parse(String typed) {
    String text = typed.strip();
    if (text.indexOf(':') >= 0) {
      return new Good(text); // no name has a colon: the resolver says whether it is an address
    }
    return switch (DomainName.parse(text)) {
      case DomainName.Good(String ascii) -> new Good(ascii);
      case DomainName.Bad(String reason) -> new Bad("'" + typed + "' " + reason + ".");
    };
  }
}
