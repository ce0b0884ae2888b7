package io.nettrace.edge.portal;

import io.nettrace.desk.Action;
import io.nettrace.desk.Caller;
import io.nettrace.desk.Decision;
import io.nettrace.desk.DeniedException;
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
      require(action);
    }
    if (guarded.forms().length > 0 && !input.wish().isEmpty()) {
      require(action(guarded, input.wish()));
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

  private void require(Action action) {
    Caller caller =
        visit.caller().orElseThrow(() -> new DeniedException(new Decision.SignInNeeded()));
    desk.require(caller, action);
  }
}
