package io.nettrace.edge.portal.people;

import io.nettrace.edge.portal.Answer;
import io.nettrace.edge.portal.Visit;
import io.nettrace.platform.web.DeviceCookie;
import io.nettrace.platform.web.SessionCookie;

/** Gives a browser its session. */
final class Entry {
  private Entry() {}

  /** Begins a session, or goes on with it under another token. */
  static void keep(Visit visit, String token) {
    Answer.header("Set-Cookie", SessionCookie.holding(token, visit.isSecure()));
  }

  /** Makes the browser known at its next sign-in. */
  static void know(Visit visit, String token) {
    Answer.header("Set-Cookie", DeviceCookie.holding(token, visit.isSecure()));
  }
}
