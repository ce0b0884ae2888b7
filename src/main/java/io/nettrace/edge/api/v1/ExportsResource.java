package io.nettrace.edge.api.v1;

import io.nettrace.desk.Action;
import io.nettrace.desk.Horizons;
import io.nettrace.desk.RecordReads;
import io.nettrace.edge.api.http.ApiCaller;
import io.nettrace.edge.api.http.ApiJson;
import io.nettrace.edge.api.http.BadRequests;
import io.nettrace.edge.api.http.CachedAnswer;
import io.nettrace.edge.api.http.ConstantNames;
import io.nettrace.edge.api.http.Cost;
import io.nettrace.edge.api.http.Cursors;
import io.nettrace.edge.api.http.Ids;
import io.nettrace.edge.api.http.Needs;
import io.nettrace.edge.api.http.NextLink;
import io.nettrace.edge.api.http.OwnCursors;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.export.Estimate;
import io.nettrace.export.Export;
import io.nettrace.export.ExportFile;
import io.nettrace.export.ExportOrder;
import io.nettrace.export.Exports;
import io.nettrace.export.OrderOutcome;
import io.nettrace.platform.Service;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Exports of many hosts and long ranges: ordered, made in the background, fetched in parts. */
@Path("exports")
@Produces("application/json")
@Service
public class ExportsResource {
  private static final String LISTING = "exports";
  private static final int LONGEST_BODY = 1 << 16;
  private static final int STANDARD_LIMIT = 20;
  private static final int MOST = 500;

  private final Subjects subjects;
  private final Horizons horizons;
  private final RecordReads reads;
  private final Exports exports;
  private final Cursors cursors;

  private record Listed(List<ExportView> items, @Nullable String nextCursor) {}

  private record EstimateView(long rows, long bytes) {}

  @Inject
  ExportsResource(
      Subjects subjects, Horizons horizons, RecordReads reads, Exports exports, Cursors cursors) {
    this.subjects = subjects;
    this.horizons = horizons;
    this.reads = reads;
    this.exports = exports;
    this.cursors = cursors;
  }

  @POST
  @Needs(value = Action.ORDER_EXPORT, cost = Cost.CALL)
  @Consumes("application/json")
  public Response order(
      InputStream body, @Context UriInfo address, @Context SecurityContext security)
      throws IOException {
    ApiCaller caller = ApiCaller.of(security);
    ExportOrder order = read(caller, body, address);
    return switch (reads.read(caller.caller(), () -> exports.order(caller.actor(), order))) {
      case OrderOutcome.Accepted(Export export) ->
          Response.accepted(ApiJson.bytes(ExportView.of(export)))
              .location(URI.create(ExportView.address(export.id())))
              .header("Cache-Control", "no-store")
              .build();
      case OrderOutcome.TooLarge(Estimate estimate, long most) ->
          throw Refusals.exportTooLarge(estimate.bytes(), most);
      case OrderOutcome.NoRoom(Estimate estimate, long free) ->
          throw Refusals.noRoom(estimate.bytes(), free);
    };
  }

  /** What an order would come to; nothing is made. */
  @POST
  @Needs(value = Action.ORDER_EXPORT, cost = Cost.CALL)
  @Path("estimate")
  @Consumes("application/json")
  public Response estimate(
      InputStream body, @Context UriInfo address, @Context SecurityContext security)
      throws IOException {
    ApiCaller caller = ApiCaller.of(security);
    ExportOrder order = read(caller, body, address);
    Estimate estimate = reads.read(caller.caller(), () -> exports.estimate(order));
    return Response.ok(ApiJson.bytes(new EstimateView(estimate.rows(), estimate.bytes())))
        .header("Cache-Control", "no-store")
        .build();
  }

  /** The newest first. */
  @GET
  @Needs(value = Action.READ_EXPORTS, cost = Cost.CALL)
  public Response list(
      @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
      @Context UriInfo address,
      @Context SecurityContext security) {
    UUID tenantId = ApiCaller.of(security).tenant().id();
    OwnCursors own = cursors.of(tenantId);
    QueryParameters query = QueryParameters.of(address, "limit", "cursor");
    int limit = query.integer("limit", STANDARD_LIMIT, 1, MOST);
    Optional<UUID> before =
        query.cursor(LISTING, own).map(parts -> UUID.fromString(parts.getFirst()));
    List<Export> found = exports.list(tenantId, before, limit + 1);
    boolean more = found.size() > limit;
    List<Export> shown = more ? found.subList(0, limit) : found;
    Optional<String> cursor =
        more
            ? Optional.of(own.write(LISTING, List.of(shown.getLast().id().toString())))
            : Optional.empty();
    Response.ResponseBuilder response =
        new CachedAnswer(
                new Listed(shown.stream().map(ExportView::of).toList(), cursor.orElse(null)))
            .answer(ifNoneMatch, CachedAnswer.ALWAYS_ASK);
    cursor.ifPresent(text -> response.header("Link", NextLink.of(address, text)));
    return response.build();
  }

  @GET
  @Needs(value = Action.READ_EXPORTS, cost = Cost.CALL)
  @Path("{id}")
  public Response one(
      @PathParam("id") String id,
      @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
      @Context UriInfo address,
      @Context SecurityContext security) {
    QueryParameters.of(address);
    return new CachedAnswer(ExportView.of(find(ApiCaller.of(security), id))).answer(ifNoneMatch);
  }

  /** Ends it and throws its files away; doing it again changes nothing. */
  @DELETE
  @Needs(value = Action.CANCEL_EXPORT, cost = Cost.CALL)
  @Path("{id}")
  public Response cancel(
      @PathParam("id") String id, @Context UriInfo address, @Context SecurityContext security) {
    QueryParameters.of(address);
    ApiCaller caller = ApiCaller.of(security);
    Export export = find(caller, id);
    if (!exports.cancel(caller.actor(), export.tenantId(), export.id())) {
      throw Refusals.unknownExport();
    }
    return Response.noContent().build();
  }

  /** What the export holds, with the digest of each file. */
  @GET
  @Needs(value = Action.READ_EXPORTS, cost = Cost.CALL)
  @Path("{id}/manifest")
  public Response manifest(
      @PathParam("id") String id,
      @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
      @Context UriInfo address,
      @Context SecurityContext security) {
    QueryParameters.of(address);
    return new CachedAnswer(ManifestView.of(done(ApiCaller.of(security), id)))
        .answer(ifNoneMatch, CachedAnswer.IMMUTABLE)
        .header("Content-Disposition", "attachment; filename=\"manifest.json\"")
        .build();
  }

  /** A file, or a part of it, so that a fetch that broke off can go on. */
  @GET
  @Needs(value = Action.READ_EXPORTS, cost = Cost.CALL)
  @Path("{id}/files/{name}")
  @Produces("application/octet-stream")
  public Response file(
      @PathParam("id") String id,
      @PathParam("name") String name,
      @HeaderParam("Range") @Nullable String range,
      @HeaderParam("If-Range") @Nullable String ifRange,
      @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
      @Context UriInfo address,
      @Context SecurityContext security) {
    QueryParameters.of(address);
    ExportFile file =
        done(ApiCaller.of(security), id).files().stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow(Refusals::unknownExport);
    ExportFile.Content content = file.content().orElseThrow(Refusals::unknownExport);
    String tag = '"' + content.sha256() + '"';
    if (CachedAnswer.has(ifNoneMatch, content.sha256())) {
      return Response.notModified(content.sha256()).build();
    }
    Optional<ByteRange> part =
        ifRange == null || ifRange.equals(tag)
            ? ByteRange.of(range, content.bytes())
            : Optional.empty();
    long from = part.map(ByteRange::first).orElse(0L);
    long until = part.map(ByteRange::end).orElse(content.bytes());
    StreamingOutput bytes = out -> exports.copy(file, from, until, out);
    Response.ResponseBuilder response =
        part.isPresent()
            ? Response.status(206)
                .entity(bytes)
                .header("Content-Range", part.get().header(content.bytes()))
            : Response.ok(bytes);
    return response
        .type("application/octet-stream")
        .header("Content-Length", until - from)
        .header("Accept-Ranges", "bytes")
        .header("ETag", tag)
        .header("Cache-Control", CachedAnswer.IMMUTABLE)
        .header("Content-Disposition", "attachment; filename=\"%s\"".formatted(file.name()))
        .build();
  }

  private ExportOrder read(ApiCaller caller, InputStream body, UriInfo address) throws IOException {
    QueryParameters query = QueryParameters.of(address, "vantage_point");
    byte[] bytes = body.readNBytes(LONGEST_BODY + 1);
    if (bytes.length > LONGEST_BODY) {
      throw BadRequests.body("it has more than " + LONGEST_BODY + " bytes");
    }
    return ApiJson.read(bytes, ExportRequest.class)
        .order(
            caller,
            subjects,
            subjects.vantagePoint(caller, query),
            new TimeParameters(horizons.of(caller.caller())));
  }

  private Export find(ApiCaller caller, String id) {
    return exports
        .find(caller.tenant().id(), Ids.uuid(id, Refusals::unknownExport))
        .orElseThrow(Refusals::unknownExport);
  }

  private Export done(ApiCaller caller, String id) {
    Export export = find(caller, id);
    return switch (export.state()) {
      case DONE -> export;
      case QUEUED, RUNNING -> throw Refusals.exportNotReady(ConstantNames.of(export.state()));
      case FAILED, CANCELLED, EXPIRED ->
          throw Refusals.exportGone(ConstantNames.of(export.state()));
    };
  }
}
