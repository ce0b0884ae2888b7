package io.nettrace.edge.portal;

import io.nettrace.platform.Service;
import jakarta.inject.Named;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.zip.CRC32;

/**
 * Style sheets, scripts and pictures. Ours have the sum of all of them in their address, so that
 * browsers may keep them for ever and still never mix two releases.
 */
@Service
@Named("assets")
public class Assets {
  private static final String ROOT = "/assets/";
  private static final String WEB_JARS = "/webjars/";
  private static final String COMPONENTS = "/jakarta.faces.resource/";
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private volatile String prefix = ROOT;

  /** What may be asked for; nothing else is looked for, wherever a name may lead. */
  private volatile SortedSet<String> ours = Collections.emptySortedSet();

  /** Looks at the files, before the first request. */
  void load(ServletContext context) throws ServletException {
    try {
      Set<String> found = context.getResourcePaths(ROOT);
      ours = new TreeSet<>(found == null ? Set.of() : found);
      prefix = ROOT + sum(context, ours) + "/";
    } catch (IOException e) {
      throw new ServletException("the portal's files cannot be read", e);
    }
  }

  /** The address of one of our files, for pages. */
  public String at(String name) {
    return prefix + name;
  }

  /** The address of a library's file, for pages. */
  public String library(String path) {
    return WEB_JARS + path;
  }

  static boolean isFile(String path) {
    return path.startsWith(ROOT) || path.startsWith(WEB_JARS) || path.startsWith(COMPONENTS);
  }

  void serve(
      String path, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (path.startsWith(prefix)) {
      String file = ROOT + path.substring(prefix.length());
      if (!ours.contains(file)) {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
        return;
      }
      response.setHeader("Cache-Control", FOR_EVER);
      request.getRequestDispatcher(file).forward(request, response);
      return;
    }
    if (path.startsWith(WEB_JARS)) {
      response.setHeader("Cache-Control", FOR_EVER);
    }
    chain.doFilter(request, response);
  }

  private static String sum(ServletContext context, SortedSet<String> names) throws IOException {
    CRC32 sum = new CRC32();
    for (String name : names) {
      try (InputStream file = context.getResourceAsStream(name)) {
        if (file != null) {
          sum.update(file.readAllBytes());
        }
      }
    }
    return "%08x".formatted(sum.getValue());
  }
}
