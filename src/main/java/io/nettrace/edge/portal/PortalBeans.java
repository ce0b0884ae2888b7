package io.nettrace.edge.portal;

import io.nettrace.platform.Configured;
import io.nettrace.platform.Service;
import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import jakarta.enterprise.inject.Produces;
import jakarta.faces.annotation.FacesConfig;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/** The portal's settings, and the visit of each request, as beans. */
@Service
@FacesConfig
public class PortalBeans implements Configured {
  @Override
  public List<Setting<?>> settings() {
    return PortalConfig.SETTINGS;
  }

  @Produces
  @Singleton
  public PortalConfig config(Settings settings) {
    return PortalConfig.from(settings);
  }

  @Produces
  public Visit visit(HttpServletRequest request) {
    return Visit.of(request);
  }
}
