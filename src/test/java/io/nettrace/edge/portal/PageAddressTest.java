package io.nettrace.edge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageAddressTest {
  private static final PageAddress PAGE =
      PageAddress.to("/target/x").with("range", "7d").with("view", "density").with("from", null);

  @Test
  void aChoiceStandsInPlaceOfTheOneBefore() {
    assertThat(PAGE.with("range", "1h")).hasToString("/target/x?view=density&range=1h");
    assertThat(PAGE.without("range", "view")).hasToString("/target/x");
  }

  @Test
  void formsCarryTheValuesAndLinksWriteThemEncoded() {
    PageAddress query = PAGE.without("range", "view").with("q", "a b&c");
    assertThat(query.parameters()).containsExactly(new PageAddress.Parameter("q", "a b&c"));
    assertThat(query).hasToString("/target/x?q=a+b%26c");
  }
}
