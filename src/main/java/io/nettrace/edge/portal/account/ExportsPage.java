package io.nettrace.edge.portal.account;

import io.nettrace.desk.Action;
import io.nettrace.edge.portal.Answer;
import io.nettrace.edge.portal.Faults;
import io.nettrace.edge.portal.Guarded;
import io.nettrace.edge.portal.Guarded.Form;
import io.nettrace.edge.portal.Json;
import io.nettrace.edge.portal.Listing;
import io.nettrace.edge.portal.Once;
import io.nettrace.edge.portal.Page;
import io.nettrace.edge.portal.PageNotFoundException;
import io.nettrace.edge.portal.PortalPage;
import io.nettrace.edge.portal.Query;
import io.nettrace.edge.portal.Shown;
import io.nettrace.edge.portal.Typed;
import io.nettrace.edge.portal.Visit;
import io.nettrace.edge.portal.account.ExportRow.FileRow;
import io.nettrace.export.Estimate;
import io.nettrace.export.Export;
import io.nettrace.export.ExportFile;
import io.nettrace.export.ExportOrder;
import io.nettrace.export.Exports;
import io.nettrace.export.OrderOutcome;
import io.nettrace.plan.Entitlement;
import io.nettrace.platform.web.FormTokens;
import io.nettrace.scan.RecordOf;
import io.nettrace.target.Targets;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Files of many targets and long ranges: all orders, or one of them with its files. */
@Page
public class ExportsPage {
  private static final int PER_PAGE = 20;
  private static final int FILES_PER_PAGE = 50;

  @Inject Exports exports;
  @Inject ExportForm form;
  @Inject Targets catalogue;
  @Inject FormTokens tokens;
  @Inject Shown shown;
  @Inject Visit visit;
  @Inject Typed typed;
  @Inject Faults faults;

  private String estimated = "";
  private String command = "";
  private @Nullable ExportRow chosen;

  @Guarded(
      forms = {
        @Form(value = "look", needs = Action.ORDER_EXPORT),
        @Form(value = "order", needs = Action.ORDER_EXPORT),
        @Form(value = "end", needs = Action.CANCEL_EXPORT)
      })
  public void act() {
    if (isIncluded() && !typed.get("id").isEmpty()) {
      chosen = find("id");
    }
    if (typed.wish().isEmpty()) {
      return;
    }
    switch (typed.wish()) {
      case "look" -> form.order().ifPresent(this::look);
      case "order" -> form.order().ifPresent(this::order);
      case "end" -> end(find("export"));
      default -> {}
    }
  }

  private void look(ExportOrder order) {
    Estimate estimate = exports.estimate(order);
    estimated =
        "%,d rows, about %s. Nothing is ordered yet."
            .formatted(estimate.rows(), Shown.bytes(estimate.bytes()));
    command = command(order);
  }

  private void order(ExportOrder order) {
    if (!typed.id("once").map(tokens::isFirst).orElse(false)) {
      faults.whole("This form was sent before; see below whether the export is there");
      return;
    }
    switch (exports.order(visit.actor(), order)) {
      case OrderOutcome.Accepted(Export export) ->
          Answer.go(row(export).address() + "&did=ordered");
      case OrderOutcome.TooLarge(Estimate estimate, long most) ->
          faults.whole(
              "It would come to about %s, and may come to %s; choose a shorter range or fewer targets"
                  .formatted(Shown.bytes(estimate.bytes()), Shown.bytes(most)));
      case OrderOutcome.NoRoom(Estimate estimate, long free) ->
          faults.whole(
              "It would come to about %s, and %s are free; remove exports that you have fetched"
                  .formatted(Shown.bytes(estimate.bytes()), Shown.bytes(free)));
    }
  }

  /** Cancels what is underway, and throws away the files of what is ready. */
  private void end(ExportRow row) {
    exports.cancel(visit.actor(), visit.ofTenant().id(), row.export().id());
    String list = PortalPage.EXPORTS.address() + "?";
    Answer.go(
        (chosen == null ? list : row.address() + "&")
            + (row.isUnderway() ? "did=cancelled" : "did=removed"));
  }

  private ExportRow find(String field) {
    return typed
        .id(field)
        .flatMap(id -> exports.find(visit.ofTenant().id(), id))
        .map(this::row)
        .orElseThrow(PageNotFoundException::new);
  }

  private ExportRow row(Export export) {
    return new ExportRow(
        export,
        export.files().size() == catalogue.all().size()
            && export.files().stream().noneMatch(ExportFile::own));
  }

  /** The same order, to the API. */
  private String command(ExportOrder order) {
    Map<String, Object> body = new LinkedHashMap<>();
    if (!typed.get("which").equals("all")) {
      body.put("hosts", order.targets().stream().map(ExportsPage::name).toList());
    }
    body.put("start", order.start().toString());
    body.put("end", order.end().toString());
    if (!typed.get("as_of").isEmpty()) {
      body.put("as_of", order.asOf().toString());
    }
    body.put("format", ExportForm.word(order.format()));
    body.put("compression", ExportForm.word(order.compression()));
    return shown.curl(
        Query.to("exports").with("vantage_point", order.vantagePoint()).toString(), Json.of(body));
  }

  /** A host that the catalogue and the tenant both have is the catalogue's to the API. */
  private static String name(ExportOrder.Item item) {
    return item.whose() instanceof RecordOf.Catalogue ? item.host() : item.targetId();
  }

  public boolean isIncluded() {
    return visit.has(Entitlement.BULK_EXPORT);
  }

  public boolean isMaking() {
    return typed.wish().equals("look") || typed.wish().equals("order");
  }

  /** What an order would come to; empty when it was not asked for. */
  public String estimated() {
    return estimated;
  }

  /** The order that was looked at, as a command. */
  public String command() {
    return command;
  }

  /** How long files are kept. */
  public String kept() {
    Duration kept = exports.kept();
    return kept.toDays() > 1 ? "%,d days".formatted(kept.toDays()) : Shown.duration(kept);
  }

  /** The export that is looked at; empty for the list of all. */
  public @Nullable ExportRow chosen() {
    return chosen;
  }

  /** One page of them, the newest first. */
  @Once
  public Listing<ExportRow> rows() {
    Listing<Export> page =
        Listing.behind(
            isIncluded()
                ? exports.list(visit.ofTenant().id(), typed.place("before"), PER_PAGE + 1)
                : List.of(),
            PER_PAGE,
            Query.to(PortalPage.EXPORTS.address()),
            "before",
            typed,
            Export::id);
    return page.counted("%d exports".formatted(page.rows().size())).map(this::row);
  }

  public boolean isAnyUnderway() {
    return chosen == null
        ? rows().rows().stream().anyMatch(ExportRow::isUnderway)
        : chosen.isUnderway();
  }

  /** One page of the chosen one's files. */
  @Once
  public Listing<FileRow> files() {
    Export export = shownExport().export();
    return Listing.numbered(
            export.files(),
            FILES_PER_PAGE,
            Query.to(PortalPage.EXPORTS.address()).with("id", export.id()),
            "page",
            typed)
        .map(FileRow::new);
  }

  private ExportRow shownExport() {
    if (chosen == null) {
      throw new PageNotFoundException();
    }
    return chosen;
  }
}
