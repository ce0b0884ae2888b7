package io.nettrace.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PersonNameTest {
  @Test
  void aNameIsComposedAndStripped() {
    assertThat(PersonName.parse("  Zoe\u0308 Ångström "))
        .isEqualTo(new Parsed.Valid<>(new PersonName("Zoë Ångström")));
    assertThat(PersonName.parse("x".repeat(100))).isInstanceOf(Parsed.Valid.class);
  }

  @Test
  void whatCannotBeShownInOneLineIsRefused() {
    for (String typed :
        new String[] {"", "  ", "a\nb", "a\u0000b", "a\u202eb", "\ud800", "x".repeat(101)}) {
      assertThat(PersonName.parse(typed)).as(typed).isInstanceOf(Parsed.Invalid.class);
    }
  }
}
