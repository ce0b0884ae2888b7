package io.nettrace.edge.api.account;

import io.nettrace.edge.api.http.Bodies;
import io.nettrace.edge.api.http.Open;
import io.nettrace.edge.api.http.RefusalException;
import io.nettrace.platform.Service;
import io.nettrace.platform.mail.LetterBlocks;
import io.nettrace.platform.problem.Problem;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The block link of letters that were not asked for; no account is needed. */
@Path("letter-blocks")
@Consumes("application/json")
@Produces("application/json")
@Service
public class LetterBlocksResource {
  private final LetterBlocks blocks;

  private record Link(@Nullable String token) {}

  private record State(boolean blocked) {}

  @Inject
  LetterBlocksResource(LetterBlocks blocks) {
    this.blocks = blocks;
  }

  /** The address of the letter gets no letters any more that its owner did not ask for. */
  @POST
  @Open
  public Response block(InputStream body) throws IOException {
    return answer(blocks.block(token(body)), true);
  }

  /** Ends the block. */
  @POST
  @Path("lift")
  @Open
  public Response lift(InputStream body) throws IOException {
    return answer(blocks.lift(token(body)), false);
  }

  private static String token(InputStream body) throws IOException {
    return Bodies.needed("token", Bodies.read(body, Link.class).token());
  }

  private static Response answer(boolean known, boolean blocked) {
    if (!known) {
      throw new RefusalException(
          Problem.of(
              "token-unknown",
              "The link is no good",
              404,
              "No letter has this link, or it is long forgotten; use the one in the newest"
                  + " letter."));
    }
    return Bodies.answer(200, new State(blocked));
  }
}
