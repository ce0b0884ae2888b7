package io.nettrace.edge.wellknown;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Where our API is, and where its document and its health are. */
@WebServlet("/.well-known/api-catalog")
public class ApiCatalog extends HttpServlet {
  private static final String MEDIA_TYPE =
      "application/linkset+json; profile=\"https://www.rfc-editor.org/info/rfc9727\"";
  private static final byte[] LINKS =
      """
      {"linkset":[{"anchor":"/api/v1",\
      "service-desc":[{"href":"/openapi","type":"application/vnd.oai.openapi"}],\
      "status":[{"href":"/health","type":"application/json"}]}]}
      """
          .getBytes(StandardCharsets.UTF_8);

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType(MEDIA_TYPE);
    response.setHeader("Cache-Control", "public, max-age=86400");
    response.setContentLength(LINKS.length);
    response.getOutputStream().write(LINKS);
  }
}
