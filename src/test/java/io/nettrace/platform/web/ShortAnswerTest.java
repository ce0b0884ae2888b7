package io.nettrace.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.platform.problem.Problem;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShortAnswerTest {
  private static final Problem BUSY =
      Problem.of("busy", "Too much at once", 503, "Ask again in a moment.").retryAfter(5);

  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final Map<String, String> headers = new HashMap<>();

  @Test
  void aPersonSeesAStyledPageThatSaysWhenToTryAgain() throws Exception {
    ShortAnswer.send(request("text/html"), response(), BUSY);
    String page = body.toString(StandardCharsets.UTF_8);
    assertThat(page)
        .contains("<h1>Too much at once</h1><p>Ask again in a moment.</p>")
        .contains("<a href=\"\">Try again</a> in 5 s");
    String style = page.replaceAll("(?s).*<style>(.*)</style>.*", "$1");
    byte[] sum =
        MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
    assertThat(headers)
        .containsEntry(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'sha256-%s'"
                .formatted(Base64.getEncoder().encodeToString(sum)));
    assertThat(style).contains("color-scheme:light dark");
  }

  private static HttpServletRequest request(String accepted) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            ShortAnswerTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (_, method, arguments) ->
                method.getName().equals("getHeader") && "Accept".equals(arguments[0])
                    ? accepted
                    : null);
  }

  private HttpServletResponse response() {
    return (HttpServletResponse)
        Proxy.newProxyInstance(
            ShortAnswerTest.class.getClassLoader(),
            new Class<?>[] {HttpServletResponse.class},
            (_, method, arguments) -> {
              if (method.getName().equals("setHeader")) {
                headers.put((String) arguments[0], (String) arguments[1]);
              }
              return method.getName().equals("getOutputStream") ? stream() : null;
            });
  }

  private ServletOutputStream stream() {
    return new ServletOutputStream() {
      @Override
      public boolean isReady() {
        return true;
      }

      @Override
      public void setWriteListener(WriteListener listener) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void write(int one) throws IOException {
        body.write(one);
      }
    };
  }
}
