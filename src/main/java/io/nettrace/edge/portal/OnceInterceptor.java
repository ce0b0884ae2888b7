package io.nettrace.edge.portal;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;

/** Keeps what the {@link Once} methods of one bean returned; lives and ends with the bean. */
@Once
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
public class OnceInterceptor {
  private final Map<Method, Object> kept = new HashMap<>();

  @AroundInvoke
  Object once(InvocationContext call) throws Exception {
    Object known = kept.get(call.getMethod());
    if (known == null) {
      known = call.proceed();
      kept.put(call.getMethod(), known);
    }
    return known;
  }
}
