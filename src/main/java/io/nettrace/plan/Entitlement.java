package io.nettrace.plan;

/** Something that a plan lets its tenants do. */
public enum Entitlement {
  LATENCY("the latest measurements of every endpoint"),
  HISTORY("earlier measurements, as far back as the plan reaches"),
  RANKINGS("endpoints ranked by latency"),
  COMPARE("endpoints and vantage points compared"),
  ROUTES("the path to an endpoint, hop by hop"),
  CHANGES("changes of routes as they happen"),
  FILE_EXPORT("measurements as a file"),
  ALERTS("alerts when latency or routes change"),
  WATCH_LISTS("lists of endpoints to watch"),
  BULK_EXPORT("files of everything over a range of time"),
  STREAM("measurements as they arrive, as a stream"),
  CUSTOM_TARGETS("endpoints of your own, measured for you alone"),
  DEDICATED_SCANNING("scanning that you share with nobody"),
  SLA("a service level agreement"),
  ISOLATION("infrastructure of your own"),
  SUPPORT_AROUND_THE_CLOCK("somebody who answers at any hour");

  private final String words;

  Entitlement(String words) {
    this.words = words;
  }

  /** What it is, for people. */
  public String words() {
    return words;
  }
}
