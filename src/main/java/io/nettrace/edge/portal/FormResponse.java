package io.nettrace.edge.portal;

import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** How a bean ends a form's request. */
public final class FormResponse {
  /** In {@code did}: who is there was shown, and the deed that waited for it can be done now. */
  static final String CONFIRMED = "confirmed";

  /** Parameters that say which part of a list is shown. */
  private static final List<String> PLACE = List.of("q", "page", "after", "before");

  private FormResponse() {}

  /** Goes on to another page of ours; {@code address} begins with a slash. */
  public static void go(String address) {
    FacesContext faces = FacesContext.getCurrentInstance();
    try {
      faces.getExternalContext().redirect(address);
      faces.responseComplete();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot redirect to " + address, e);
    }
  }

  /** Shows a list again in which a form has done something, at the page where that was. */
  public static void done(PortalPage list, String did) {
    Map<String, String> parameters =
        FacesContext.getCurrentInstance().getExternalContext().getRequestParameterMap();
    PageAddress address = PageAddress.to(list.address()).with("did", did);
    for (String name : PLACE) {
      address = address.with(name, parameters.get(name));
    }
    go(address.toString());
  }

  /** Adds a header to what is answered, such as a cookie. */
  public static void header(String name, String value) {
    ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
    external.addResponseHeader(name, value);
  }

  /** Where a person wanted to go, if that is a page of ours; else {@code otherwise}. */
  public static String next(String wanted, String otherwise) {
    boolean ours =
        wanted.startsWith("/")
            && !wanted.startsWith("//")
            && wanted.chars().allMatch(c -> c > ' ' && c != '\\' && c < 0x7f);
    return ours ? wanted : otherwise;
  }
}
