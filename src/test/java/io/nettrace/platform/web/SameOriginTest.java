package io.nettrace.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SameOriginTest {
  @Test
  void readingIsHarmless() {
    assertThat(SameOrigin.isKept("GET", "cross-site", "https://evil.example", "us.example"))
        .isTrue();
  }

  @Test
  void whatTheBrowserSaysOfTheSiteCountsFirst() {
    assertThat(SameOrigin.isKept("POST", "same-origin", null, "us.example")).isTrue();
    assertThat(SameOrigin.isKept("POST", "same-site", "https://us.example", "us.example"))
        .isFalse();
    assertThat(SameOrigin.isKept("POST", "none", "https://us.example", "us.example")).isFalse();
  }

  @Test
  void withoutThatTheOriginHasToBeOurs() {
    assertThat(SameOrigin.isKept("POST", null, "https://us.example:8443", "us.example:8443"))
        .isTrue();
    assertThat(SameOrigin.isKept("POST", null, "https://us.example", "us.example:8443")).isFalse();
    assertThat(SameOrigin.isKept("POST", null, "null", "us.example")).isFalse();
    assertThat(SameOrigin.isKept("POST", null, "::", "us.example")).isFalse();
    assertThat(SameOrigin.isKept("POST", null, null, "us.example")).isFalse();
  }
}
