package io.nettrace.tenant;

import io.nettrace.platform.PlatformConfig;
import io.nettrace.platform.Service;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Tenant exports as files: made first and sent afterwards, so that a slow reader holds no
 * connection of a cell; one at a time for each tenant, and two on a node.
 */
@Service
public class SpooledExports {
  private static final int AT_ONCE = 2;
  private static final String FOLDER = "tenant-exports";

  private final TenantExport export;
  private final Path folder;
  private final Semaphore turns = new Semaphore(AT_ONCE);
  private final Set<UUID> running = ConcurrentHashMap.newKeySet();
  private final Map<UUID, Path> unsent = new ConcurrentHashMap<>();

  /** A finished export; gone once it is sent. */
  public static final class Spooled {
    private final Path file;

    private Spooled(Path file) {
      this.file = file;
    }

    public long bytes() {
      try {
        return Files.size(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Sends it and forgets it, whether the reader stays to the end or not. */
    public void sendTo(OutputStream out) throws IOException {
      try {
        Files.copy(file, out);
      } finally {
        Files.deleteIfExists(file);
      }
    }
  }

  @Inject
  SpooledExports(TenantExport export, PlatformConfig config) {
    this.export = export;
    this.folder = config.data().resolve(FOLDER);
    forgetEarlier();
  }

  /** The export as a file; empty while another of the tenant runs, or too many on this node. */
  public Optional<Spooled> spool(Tenant tenant, TenantExport.Form form) {
    if (!running.add(tenant.id())) {
      return Optional.empty();
    }
    if (!turns.tryAcquire()) {
      running.remove(tenant.id());
      return Optional.empty();
    }
    boolean isMade = false;
    try {
      Files.createDirectories(folder);
      Path file = Files.createTempFile(folder, "export", ".zip");
      try (OutputStream out = Files.newOutputStream(file)) {
        export.write(tenant, form, out);
        isMade = true;
        forget(unsent.put(tenant.id(), file));
        return Optional.of(new Spooled(file));
      } finally {
        if (!isMade) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("an export cannot be kept in " + folder, e);
    } finally {
      turns.release();
      running.remove(tenant.id());
    }
  }

  /** An export that was never fetched makes room for the tenant's next. */
  private static void forget(@Nullable Path file) throws IOException {
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }

  /** Whatever an earlier run of this node left. */
  private void forgetEarlier() {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "export*.zip")) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
