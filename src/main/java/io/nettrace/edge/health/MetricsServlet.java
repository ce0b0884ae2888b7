package io.nettrace.edge.health;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Everything that is counted, as Prometheus reads it: its text, or OpenMetrics for those who accept
 * that. The front filter serves it to operators alone.
 */
@WebServlet({"/metrics", "/metrics/*"})
public class MetricsServlet extends HttpServlet {
  private static final int LIKELY_BYTES = 32_768;

  private final transient PrometheusRegistry registry;
  private final transient ExpositionFormats formats = ExpositionFormats.init();

  @Inject
  MetricsServlet(PrometheusRegistry registry) {
    this.registry = registry;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ExpositionFormatWriter writer = formats.findWriter(request.getHeader("Accept"));
    ByteArrayOutputStream text = new ByteArrayOutputStream(LIKELY_BYTES);
    writer.write(text, registry.scrape());
    response.setContentType(writer.getContentType());
    response.setHeader("Cache-Control", "no-store");
    response.setContentLength(text.size());
    text.writeTo(response.getOutputStream());
  }
}
