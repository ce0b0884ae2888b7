package io.nettrace.catalog;

import io.nettrace.platform.ConfigurationException;
import io.nettrace.platform.Configured;
import io.nettrace.platform.Service;
import io.nettrace.platform.Setting;
import io.nettrace.platform.json.DocumentProblem;
import io.nettrace.platform.json.InvalidDocumentException;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The catalogue as the running service knows it: {@code targets.json} as shipped, or the file that
 * {@code nettrace.targets.file} names. Read once at start; a mistake in it stops the start.
 */
@Service
public class Targets implements Configured {
  private static final Setting<Optional<String>> FILE =
      Setting.optionalText(
          "nettrace.targets.file",
          "a file's path",
          0,
          "The catalogue of targets instead of the one that is shipped, in the form of"
              + " targets.schema.json.");
  public static final List<Setting<?>> SETTINGS = List.of(FILE);

  static final String SHIPPED = "targets.json";

  private final Optional<String> file;
  private final List<Target> all;
  private final Map<String, Target> byHost;
  private final Map<String, Target> byId;

  @Inject
  public Targets(@ConfigProperty(name = "nettrace.targets.file") Optional<String> file) {
    this.file = file;
    this.all = load(file.orElse(SHIPPED));
    this.byHost = index(Target::host);
    this.byId = index(Target::id);
  }

  @Override
  public List<Setting<?>> settings() {
    return SETTINGS;
  }

  /** Every target, in the order of the file. */
  public List<Target> all() {
    return all;
  }

  /** The target with this host name, in any case. */
  public Optional<Target> byHost(String host) {
    return Optional.ofNullable(byHost.get(host.toLowerCase(Locale.ROOT)));
  }

  public Optional<Target> byId(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  private List<Target> load(String name) {
    try {
      return Catalogue.read(name, content(name));
    } catch (InvalidDocumentException e) {
      throw new ConfigurationException(
          "The catalogue of targets cannot be used",
          e.problems().stream().map(DocumentProblem::toString).toList());
    } catch (IOException e) {
      throw new ConfigurationException(
          "The catalogue of targets cannot be read", List.of(e + ". Check " + FILE.name()));
    }
  }

  private byte[] content(String name) throws IOException {
    if (file.isPresent()) {
      return Files.readAllBytes(Path.of(name));
    }
    try (InputStream in = Targets.class.getResourceAsStream("/" + SHIPPED)) {
      if (in == null) {
        throw new IOException("the build packed no " + SHIPPED);
      }
      return in.readAllBytes();
    }
  }

  private Map<String, Target> index(Function<Target, String> key) {
    return all.stream().collect(Collectors.toUnmodifiableMap(key, Function.identity()));
  }
}
