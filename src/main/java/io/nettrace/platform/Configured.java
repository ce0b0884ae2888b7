package io.nettrace.platform;

import java.util.List;

/** A component that has settings, so that all of them are checked before anything starts. */
public interface Configured {
  List<Setting<?>> settings();
}
