package io.nettrace.edge;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Puts {@link BareResource} at the root of its web application. */
@ApplicationPath("/")
public class BareApplication extends Application {}
