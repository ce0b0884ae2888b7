package io.nettrace.edge.portal.people;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser or another program, in the words of its users. */
final class Program {
  private static final int LONGEST = 60;

  /** Those that also claim to be others come first. */
  private enum Browser {
    EDGE("Edge", "Edg(?:e|A|iOS)?/([0-9]+)"),
    OPERA("Opera", "OPR/([0-9]+)"),
    SAMSUNG("Samsung Internet", "SamsungBrowser/([0-9]+)"),
    FIREFOX("Firefox", "(?:Firefox|FxiOS)/([0-9]+)"),
    CHROME("Chrome", "(?:Chrome|HeadlessChrome|CriOS)/([0-9]+)"),
    SAFARI("Safari", "Version/([0-9]+)[^ ]* .*Safari/"),
    CURL("curl", "^curl/([0-9]+)");

    private final String title;
    private final Pattern pattern;

    Browser(String title, String pattern) {
      this.title = title;
      this.pattern = Pattern.compile(pattern);
    }

    Optional<String> in(String userAgent) {
      Matcher matcher = pattern.matcher(userAgent);
      return matcher.find() ? Optional.of(title + " " + matcher.group(1)) : Optional.empty();
    }
  }

  private enum Platform {
    ANDROID("Android", "Android"),
    IPHONE("iPhone", "iPhone"),
    IPAD("iPad", "iPad"),
    WINDOWS("Windows", "Windows NT"),
    MAC("macOS", "Mac OS X"),
    CHROME_OS("ChromeOS", "CrOS"),
    LINUX("Linux", "Linux");

    private final String title;
    private final String word;

    Platform(String title, String word) {
      this.title = title;
      this.word = word;
    }
  }

  private Program() {}

  /** What the program calls itself when it is none that is known. */
  static String of(String userAgent) {
    if (userAgent.isBlank()) {
      return "Unknown program";
    }
    Optional<String> browser =
        Arrays.stream(Browser.values()).flatMap(one -> one.in(userAgent).stream()).findFirst();
    if (browser.isEmpty()) {
      return userAgent.length() > LONGEST ? userAgent.substring(0, LONGEST) + "…" : userAgent;
    }
    return Arrays.stream(Platform.values())
        .filter(one -> userAgent.contains(one.word))
        .findFirst()
        .map(one -> browser.get() + " on " + one.title)
        .orElse(browser.get());
  }
}
