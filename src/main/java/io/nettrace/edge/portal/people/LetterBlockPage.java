package io.nettrace.edge.portal.people;

import io.nettrace.edge.portal.Faults;
import io.nettrace.edge.portal.FormInput;
import io.nettrace.edge.portal.Page;
import io.nettrace.platform.mail.LetterBlocks;
import jakarta.inject.Inject;

/** The block link of letters that were not asked for. */
@Page
public class LetterBlockPage {
  @Inject LetterBlocks blocks;
  @Inject FormInput input;
  @Inject Faults faults;

  private String done = "";

  public void act() {
    switch (input.wish()) {
      case "block" -> settle(blocks.block(input.get("token")), "Your address is blocked.");
      case "lift" -> settle(blocks.lift(input.get("token")), "The block is ended.");
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
