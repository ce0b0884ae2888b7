package io.nettrace.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The application's settings, by its own rules: they are read from its archive, so that they are
 * kept by the launcher before anything is started, and yet are written once.
 */
final class ApplicationSettings implements AutoCloseable {
  private static final String RULES = "io.nettrace.edge.AllSettings";
  private static final String CLASSES = "WEB-INF/classes";

  private final Optional<FileSystem> archive;
  private final Class<?> rules;

  private ApplicationSettings(Optional<FileSystem> archive, Path classes) {
    this.archive = archive;
    try {
      this.rules = Class.forName(RULES, true, new ApplicationClasses(classes));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("this is not NetTrace's archive: " + classes, e);
    }
  }

  static ApplicationSettings in(Path war) throws IOException {
    FileSystem archive = FileSystems.newFileSystem(war);
    return new ApplicationSettings(Optional.of(archive), archive.getPath(CLASSES));
  }

  /** Those of a folder of classes. */
  static ApplicationSettings ofClasses(Path folder) {
    return new ApplicationSettings(Optional.empty(), folder);
  }

  /** A sentence for each that is wrong, but for those of {@code others}, which are known here. */
  List<String> wrong(Set<String> others) {
    Function<String, Optional<String>> source = StartSettings::text;
    return strings(call("wrong", source, others)).toList();
  }

  Set<String> names() {
    return strings(call("names")).collect(Collectors.toUnmodifiableSet());
  }

  private static Stream<String> strings(Object answer) {
    return ((Collection<?>) answer).stream().map(String.class::cast);
  }

  private Object call(String method, Object... arguments) {
    Class<?>[] types =
        arguments.length == 0 ? new Class<?>[0] : new Class<?>[] {Function.class, Set.class};
    try {
      return rules.getMethod(method, types).invoke(null, arguments);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("the settings cannot be read", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this is another application's archive", e);
    }
  }

  @Override
  public void close() throws IOException {
    if (archive.isPresent()) {
      archive.get().close();
    }
  }

  /** Nothing but these classes and the JDK's: rules need no library and no container. */
  private static final class ApplicationClasses extends ClassLoader {
    private final Path folder;

    ApplicationClasses(Path folder) {
      super("application", ClassLoader.getPlatformClassLoader());
      this.folder = folder;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      try (InputStream in =
          Files.newInputStream(folder.resolve(name.replace('.', '/') + ".class"))) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
