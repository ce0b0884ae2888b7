package io.nettrace.edge.portal.people;

import io.nettrace.edge.portal.FormResponse;
import io.nettrace.edge.portal.Visit;
import io.nettrace.platform.web.DeviceCookie;
import io.nettrace.platform.web.SessionCookie;

/** Gives a browser its session. */
final class SessionEntry {
  private SessionEntry() {}

  /** Begins a session, or goes on with it under another token. */
  static void keep(Visit visit, String token) {
    FormResponse.header("Set-Cookie", SessionCookie.holding(token, visit.isSecure()));
  }

  /** Makes the browser known at its next sign-in. */
  static void know(Visit visit, String token) {
    FormResponse.header("Set-Cookie", DeviceCookie.holding(token, visit.isSecure()));
  }
}
