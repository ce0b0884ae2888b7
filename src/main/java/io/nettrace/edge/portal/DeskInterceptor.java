package io.nettrace.edge.portal;

import io.nettrace.desk.Action;
import io.nettrace.desk.Desk;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.util.Arrays;

/** Asks the desk before a {@link Guarded} method runs. */
@Guarded
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
public class DeskInterceptor {
  @Inject Desk desk;
  @Inject Visit visit;
  @Inject FormInput input;

  @AroundInvoke
  Object ask(InvocationContext call) throws Exception {
    Guarded guarded = call.getMethod().getAnnotation(Guarded.class);
    for (Action action : guarded.value()) {
      desk.require(visit.caller(), action);
    }
    if (guarded.forms().length > 0 && !input.wish().isEmpty()) {
      desk.require(visit.caller(), action(guarded, input.wish()));
    }
    return call.proceed();
  }

  private static Action action(Guarded guarded, String wish) {
    return Arrays.stream(guarded.forms())
        .filter(form -> form.value().equals(wish))
        .map(Guarded.Form::needs)
        .findFirst()
        .orElseThrow(PageNotFoundException::new);
  }
}
