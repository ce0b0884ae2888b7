package io.nettrace.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionlessRequestTest {

  @Test
  void aMadeUpViewStateIsNotThereForPages() {
    Map<String, String[]> sent =
        Map.of(
            "jakarta.faces.ViewState", new String[] {"AAAA"},
            "jakarta.faces.partial.ajax", new String[] {"true"},
            "q", new String[] {"nyse"});
    SessionlessRequest request = new SessionlessRequest(request(sent));
    assertThat(request.getParameter("jakarta.faces.ViewState")).isNull();
    assertThat(request.getParameterValues("jakarta.faces.partial.ajax")).isNull();
    assertThat(Collections.list(request.getParameterNames())).containsExactly("q");
    assertThat(request.getParameterMap()).containsOnlyKeys("q");
    assertThat(request.getParameter("q")).isEqualTo("nyse");
  }

  private static HttpServletRequest request(Map<String, String[]> parameters) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            SessionlessRequestTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (_, method, arguments) ->
                switch (method.getName()) {
                  case "getParameterMap" -> parameters;
                  case "getParameter" -> {
                    String[] values = parameters.get(arguments[0]);
                    yield values == null ? null : values[0];
                  }
                  case "getParameterValues" -> parameters.get(arguments[0]);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
