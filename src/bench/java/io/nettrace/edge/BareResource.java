package io.nettrace.edge;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** The ceiling: the same bytes from a JAX-RS resource that does nothing else. */
@Path("bytes")
@ApplicationScoped
public class BareResource {
  /** System property with the file that holds the bytes. */
  static final String FILE = "benchmark.bytes";

  private final byte[] bytes = read();

  @GET
  @Produces("application/json")
  public byte[] bytes() {
    return bytes;
  }

  private static byte[] read() {
    try {
      return Files.readAllBytes(java.nio.file.Path.of(System.getProperty(FILE)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
