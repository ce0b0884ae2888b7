package io.nettrace.edge.front;

import io.nettrace.platform.PublicAddress;
import io.nettrace.platform.Service;
import io.nettrace.platform.web.WebConfig;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.http.HttpServerFilter;

/**
 * The server's listeners from within: a {@link CodecFilter} and no HTTP/2 in the chain of each,
 * opened once the application serves, closed before it stops, and those with TLS made new. The
 * server has no interface of its own for any of this, so its fields and its command runner are
 * looked up by name.
 */
@Service
public class ServerListeners implements DoorsMXBean {
  private static final String GRIZZLY = "com.sun.enterprise.v3.services.impl.GrizzlyService";
  private static final String GLOBALS = "org.glassfish.internal.api.Globals";
  private static final String LOCATOR = "org.glassfish.hk2.api.ServiceLocator";
  private static final String HTTP_2 = "org.glassfish.grizzly.http2.";
  private static final String EMBEDDED_RUNNER = "org.glassfish.embeddable.CommandRunner";
  private static final String EMBEDDED_RESULT = "org.glassfish.embeddable.CommandResult";
  private static final String ENABLED =
      "configs.config.server-config.network-config.network-listeners.network-listener.%s.enabled=%s";

  private final WebConfig config;
  private final Clock clock;
  private final PublicAddress root;
  private volatile Set<String> folders = Set.of();
  private volatile boolean isClosed;

  @Inject
  ServerListeners(WebConfig config, Clock clock, PublicAddress root) {
    this.config = config;
    this.clock = clock;
    this.root = root;
  }

  /** Puts the filter into every chain, from now on also into those of new listeners. */
  void install(ServletContext application) throws ReflectiveOperationException {
    Set<String> found = new HashSet<>();
    addFolders(application, "/", found);
    folders = found;
    install();
  }

  private static void addFolders(ServletContext application, String folder, Set<String> found) {
    Set<String> paths = application.getResourcePaths(folder);
    for (String path : paths == null ? Set.<String>of() : paths) {
      if (path.endsWith("/")) {
        found.add(path.substring(0, path.length() - 1));
        addFolders(application, path, found);
      }
    }
  }

  /** Puts the filter into every chain that has none. */
  private void install() throws ReflectiveOperationException {
    for (Object proxy : (Collection<?>) field(service(GRIZZLY), "proxies")) {
      install(proxy);
    }
  }

  @Override
  public void open(String listener) {
    try {
      set(service(EMBEDDED_RUNNER), ENABLED.formatted(listener, true));
      install();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the listener " + listener + " cannot be opened", e);
    }
  }

  @Override
  public void close() {
    isClosed = true;
  }

  /** Closes and opens the listeners that speak TLS; they read their certificate then. */
  void renewTls() throws ReflectiveOperationException {
    List<String> names = new ArrayList<>();
    if (config.tlsPort() > 0) {
      names.add("https-listener");
    }
    if (config.scannersPort() > 0) {
      names.add("zscanners");
    }
    Object runner = service(EMBEDDED_RUNNER);
    for (String name : names) {
      set(runner, ENABLED.formatted(name, false));
      set(runner, ENABLED.formatted(name, true));
    }
    install(); // a new listener has a chain without ours
  }

  private static void set(Object runner, String assignment) throws ReflectiveOperationException {
    Object result =
        Class.forName(EMBEDDED_RUNNER)
            .getMethod("run", String.class, String[].class)
            .invoke(runner, "set", new String[] {assignment});
    Object status = Class.forName(EMBEDDED_RESULT).getMethod("getExitStatus").invoke(result);
    if (!"SUCCESS".equals(String.valueOf(status))) {
      throw new InvocationTargetException(null, "the server refuses " + assignment);
    }
  }

  private static Object service(String type) throws ReflectiveOperationException {
    Object habitat = Class.forName(GLOBALS).getMethod("getDefaultHabitat").invoke(null);
    Object service =
        Class.forName(LOCATOR)
            .getMethod("getService", Class.class, Annotation[].class)
            .invoke(habitat, Class.forName(type), new Annotation[0]);
    if (service == null) {
      throw new ClassNotFoundException("the server has no service " + type);
    }
    return service;
  }

  private void install(Object proxy) throws ReflectiveOperationException {
    if (!hasField(proxy.getClass(), "grizzlyListener")) {
      return; // a listener of another kind, such as that of the embedded start
    }
    Object listener = field(proxy, "grizzlyListener");
    FilterChain chain = (FilterChain) field(listener, "rootFilterChain");
    // HTTP/2 is off in the launcher's listeners; no other start brings it back
    chain.removeIf(filter -> filter.getClass().getName().startsWith(HTTP_2));
    int codec = chain.indexOfType(HttpServerFilter.class);
    if (codec >= 0 && chain.indexOfType(CodecFilter.class) < 0) {
      chain.add(codec + 1, new CodecFilter(clock, root.isSecure(), folders, () -> isClosed));
    }
  }

  private static Object field(Object owner, String name) throws ReflectiveOperationException {
    Field field = find(owner.getClass(), name);
    field.setAccessible(true);
    return field.get(owner);
  }

  private static boolean hasField(Class<?> type, String name) {
    try {
      return find(type, name) != null;
    } catch (NoSuchFieldException e) {
      return false;
    }
  }

  private static Field find(Class<?> type, String name) throws NoSuchFieldException {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      try {
        return c.getDeclaredField(name);
      } catch (NoSuchFieldException e) {
        // it may be in a class above
      }
    }
    throw new NoSuchFieldException(name + " in " + type.getName());
  }
}
