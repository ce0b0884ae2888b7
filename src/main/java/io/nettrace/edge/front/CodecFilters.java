package io.nettrace.edge.front;

import io.nettrace.platform.PublicAddress;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.time.Clock;
import java.util.Collection;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.http.HttpServerFilter;

/**
 * Puts a {@link CodecFilter} into the filter chain of each of the server's listeners. The server
 * has no interface for that, so its fields are looked into; where they are others than expected,
 * the application serves without, and says so once.
 */
@WebListener
public class CodecFilters implements ServletContextListener {
  private static final Logger LOG = System.getLogger(CodecFilters.class.getName());
  private static final String SERVICE = "com.sun.enterprise.v3.services.impl.GrizzlyService";
  private static final String GLOBALS = "org.glassfish.internal.api.Globals";

  private final Clock clock;
  private final PublicAddress root;

  @Inject
  CodecFilters(Clock clock, PublicAddress root) {
    this.clock = clock;
    this.root = root;
  }

  @Override
  public void contextInitialized(ServletContextEvent event) {
    install();
  }

  /** To be called again when a listener was made new, which has a chain without ours. */
  void install() {
    try {
      Class<?> type = Class.forName(SERVICE);
      Object habitat = Class.forName(GLOBALS).getMethod("getDefaultHabitat").invoke(null);
      Object service =
          Class.forName("org.glassfish.hk2.api.ServiceLocator")
              .getMethod("getService", Class.class, java.lang.annotation.Annotation[].class)
              .invoke(habitat, type, new java.lang.annotation.Annotation[0]);
      for (Object proxy : (Collection<?>) field(service, "proxies")) {
        install(proxy);
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "the server's listeners are not as expected; malformed addresses are left to it: {0}",
          e.toString());
    }
  }

  private void install(Object proxy) throws ReflectiveOperationException {
    if (!hasField(proxy.getClass(), "grizzlyListener")) {
      return; // a listener of another kind, such as that of the embedded start
    }
    Object listener = field(proxy, "grizzlyListener");
    FilterChain chain = (FilterChain) field(listener, "rootFilterChain");
    int codec = chain.indexOfType(HttpServerFilter.class);
    if (codec >= 0 && chain.indexOfType(CodecFilter.class) < 0) {
      chain.add(codec + 1, new CodecFilter(clock, root.isSecure()));
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
