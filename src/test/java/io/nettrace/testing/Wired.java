package io.nettrace.testing;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Services put together as the container does: one instance each, through constructors, with what
 * components' {@code *Beans} produce. Nothing observes anything.
 */
public final class Wired {
  private final Map<Class<?>, Object> made = new HashMap<>();
  private final Map<Class<?>, Method> producers = new HashMap<>();

  /**
   * Begins with what is there already.
   *
   * @param beans classes whose producer methods are used
   * @param given instances that are taken where their type is asked for
   */
  public Wired(List<Class<?>> beans, Object... given) {
    for (Class<?> bean : beans) {
      for (Method method : bean.getDeclaredMethods()) {
        if (method.isAnnotationPresent(Produces.class)) {
          producers.put(method.getReturnType(), method);
        }
      }
    }
    for (Object one : given) {
      made.put(one.getClass(), one);
    }
  }

  public <T> T get(Class<T> type) {
    for (Object one : made.values()) {
      if (type.isInstance(one)) {
        return type.cast(one);
      }
    }
    if (type == Event.class) {
      return type.cast(new NoObservers<>());
    }
    Object one = make(type);
    made.put(type, one);
    return type.cast(one);
  }

  private Object make(Class<?> type) {
    try {
      Method producer = producers.get(type);
      if (producer != null) {
        producer.setAccessible(true);
        return producer.invoke(
            get(producer.getDeclaringClass()), arguments(producer.getParameters()));
      }
      Constructor<?> constructor = constructor(type);
      constructor.setAccessible(true);
      return constructor.newInstance(arguments(constructor.getParameters()));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be made", e);
    }
  }

  private Object[] arguments(Parameter[] parameters) {
    List<Object> arguments = new ArrayList<>();
    for (Parameter parameter : parameters) {
      arguments.add(get(parameter.getType()));
    }
    return arguments.toArray();
  }

  private static Constructor<?> constructor(Class<?> type) {
    Constructor<?>[] all = type.getDeclaredConstructors();
    return Arrays.stream(all)
        .filter(one -> one.isAnnotationPresent(Inject.class) || all.length == 1)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(type + " has no constructor to inject"));
  }
}
