package io.nettrace.launcher;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Debian's Chromium before the portal of a running product, and what it has to complain of. */
final class Portal implements AutoCloseable {
  static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final double PATIENCE_MILLIS = 60_000;

  private final Playwright playwright;
  private final Browser browser;
  private final URI root;
  private final URI operations;
  private final List<String> complaints = new ArrayList<>();

  Portal(URI root, URI operations) {
    this.root = root;
    this.operations = operations;
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(CHROMIUM)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
  }

  /** Why there is no browser here; empty when there is one. */
  static Optional<String> unavailable() {
    return Files.isExecutable(CHROMIUM)
        ? Optional.empty()
        : Optional.of("Debian's package chromium is not installed");
  }

  /** How somebody looks at the portal. */
  record Look(boolean dark, boolean phone) {
    static final List<Look> ALL =
        List.of(
            new Look(false, false),
            new Look(true, false),
            new Look(false, true),
            new Look(true, true));

    /** Light on a phone, or dark and wide. */
    boolean isMixed() {
      return dark != phone;
    }

    ColorScheme scheme() {
      return dark ? ColorScheme.DARK : ColorScheme.LIGHT;
    }

    int width() {
      return phone ? 390 : 1440;
    }

    int height() {
      return phone ? 844 : 900;
    }

    /** Shows a page that is open so. */
    void on(Page page) {
      page.emulateMedia(
          new Page.EmulateMediaOptions()
              .setColorScheme(scheme())
              .setReducedMotion(ReducedMotion.REDUCE));
      page.setViewportSize(width(), height());
    }

    String name() {
      return (dark ? "dark" : "light") + "-" + (phone ? "phone" : "wide");
    }
  }

  /** A browser of somebody's own; {@code scripts} says whether they let scripts run. */
  Page open(Look look, boolean scripts) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setBaseURL(root.toString())
                .setColorScheme(look.scheme())
                .setReducedMotion(ReducedMotion.REDUCE)
                .setJavaScriptEnabled(scripts)
                .setViewportSize(look.width(), look.height()));
    context.setDefaultTimeout(PATIENCE_MILLIS);
    Page page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(page.url() + ": " + message.text());
          }
        });
    page.onPageError(error -> complaints.add(page.url() + ": " + error));
    page.onRequest(
        request -> {
          String url = request.url();
          if (Stream.of(root.toString(), operations.toString(), "data:")
              .noneMatch(url::startsWith)) {
            complaints.add(page.url() + " asks another host: " + url);
          }
        });
    return page;
  }

  /** Closes what people have open. */
  void closePages() {
    List.copyOf(browser.contexts()).forEach(BrowserContext::close);
  }

  /** What browsers complained of since this was asked last: errors, refusals, other hosts. */
  List<String> complaints() {
    List<String> all = List.copyOf(complaints);
    complaints.clear();
    return all;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
