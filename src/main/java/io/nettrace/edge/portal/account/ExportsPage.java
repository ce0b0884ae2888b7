package io.nettrace.edge.portal.account;

import io.nettrace.catalog.Targets;
import io.nettrace.desk.Action;
import io.nettrace.edge.portal.DisplayFormat;
import io.nettrace.edge.portal.Faults;
import io.nettrace.edge.portal.FormInput;
import io.nettrace.edge.portal.FormResponse;
import io.nettrace.edge.portal.Guarded;
import io.nettrace.edge.portal.Guarded.Form;
import io.nettrace.edge.portal.Once;
import io.nettrace.edge.portal.Page;
import io.nettrace.edge.portal.PageAddress;
import io.nettrace.edge.portal.PageNotFoundException;
import io.nettrace.edge.portal.PagedList;
import io.nettrace.edge.portal.PortalPage;
import io.nettrace.edge.portal.ScriptJson;
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
  @Inject DisplayFormat format;
  @Inject Visit visit;
  @Inject FormInput input;
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
    if (isIncluded() && !input.get("id").isEmpty()) {
      chosen = find("id");
    }
    if (input.wish().isEmpty()) {
      return;
    }
    switch (input.wish()) {
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
            .formatted(estimate.rows(), DisplayFormat.bytes(estimate.bytes()));
    command = command(order);
  }

  private void order(ExportOrder order) {
    if (!input.id("once").map(tokens::isFirst).orElse(false)) {
      faults.whole("This form was sent before; see below whether the export is there");
      return;
    }
    switch (exports.order(visit.actor(), order)) {
      case OrderOutcome.Accepted(Export export) ->
          FormResponse.go(row(export).address() + "&did=ordered");
      case OrderOutcome.TooLarge(Estimate estimate, long most) ->
          faults.whole(
              "It would come to about %s, and may come to %s; choose a shorter range or fewer targets"
                  .formatted(DisplayFormat.bytes(estimate.bytes()), DisplayFormat.bytes(most)));
      case OrderOutcome.NoRoom(Estimate estimate, long free) ->
          faults.whole(
              "It would come to about %s, and %s are free; remove exports that you have fetched"
                  .formatted(DisplayFormat.bytes(estimate.bytes()), DisplayFormat.bytes(free)));
    }
  }

  /** Cancels what is underway, and throws away the files of what is ready. */
  private void end(ExportRow row) {
    exports.cancel(visit.actor(), visit.ofTenant().id(), row.export().id());
    String list = PortalPage.EXPORTS.address() + "?";
    FormResponse.go(
        (chosen == null ? list : row.address() + "&")
            + (row.isUnderway() ? "did=cancelled" : "did=removed"));
  }

  private ExportRow find(String field) {
    return input
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
    if (!input.get("which").equals("all")) {
      body.put("hosts", order.targets().stream().map(ExportsPage::name).toList());
    }
    body.put("start", order.start().toString());
    body.put("end", order.end().toString());
    if (!input.get("as_of").isEmpty()) {
      body.put("as_of", order.asOf().toString());
    }
    body.put("format", ExportForm.word(order.format()));
    body.put("compression", ExportForm.word(order.compression()));
    return format.curl(
        PageAddress.to("exports").with("vantage_point", order.vantagePoint()).toString(),
        ScriptJson.of(body));
  }

  /** A host that the catalogue and the tenant both have is the catalogue's to the API. */
  private static String name(ExportOrder.Item item) {
    return item.whose() instanceof RecordOf.Catalogue ? item.host() : item.targetId();
  }

  public boolean isIncluded() {
    return visit.has(Entitlement.BULK_EXPORT);
  }

  public boolean isMaking() {
    return input.wish().equals("look") || input.wish().equals("order");
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
    return kept.toDays() > 1 ? "%,d days".formatted(kept.toDays()) : DisplayFormat.duration(kept);
  }

  /** The export that is looked at; empty for the list of all. */
  public @Nullable ExportRow chosen() {
    return chosen;
  }

  /** One page of them, the newest first. */
  @Once
  public PagedList<ExportRow> rows() {
    PagedList<Export> page =
        PagedList.behind(
            isIncluded()
                ? exports.list(visit.ofTenant().id(), input.place("before"), PER_PAGE + 1)
                : List.of(),
            PER_PAGE,
            PageAddress.to(PortalPage.EXPORTS.address()),
            "before",
            input,
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
  public PagedList<FileRow> files() {
    Export export = shownExport().export();
    return PagedList.numbered(
            export.files(),
            FILES_PER_PAGE,
            PageAddress.to(PortalPage.EXPORTS.address()).with("id", export.id()),
            "page",
            input)
        .map(FileRow::new);
  }

  private ExportRow shownExport() {
    if (chosen == null) {
      throw new PageNotFoundException();
    }
    return chosen;
  }
}
