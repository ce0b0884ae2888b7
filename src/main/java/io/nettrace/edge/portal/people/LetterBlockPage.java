package io.nettrace.edge.portal.people;

import io.nettrace.edge.portal.Faults;
import io.nettrace.edge.portal.Page;
import io.nettrace.edge.portal.Typed;
import io.nettrace.platform.mail.LetterBlocks;
import jakarta.inject.Inject;

/** The block link of letters that were not asked for. */
@Page
public class LetterBlockPage {
  @Inject LetterBlocks blocks;
  @Inject Typed typed;
  @Inject Faults faults;

  private String done = "";

  public void act() {
    switch (typed.wish()) {
      case "block" -> settle(blocks.block(typed.get("token")), "Your address is blocked.");
      case "lift" -> settle(blocks.lift(typed.get("token")), "The block is ended.");
      default -> {}
    }
  }

  private void settle(boolean known, String text) {
    if (known) {
      done = text;
    } else {
      faults.whole("This link is not known; use the one in the newest letter");
    }
  }

  public String getDone() {
    return done;
  }
}
