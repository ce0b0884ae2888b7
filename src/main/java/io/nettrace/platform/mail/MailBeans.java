package io.nettrace.platform.mail;

import io.nettrace.platform.Configured;
import io.nettrace.platform.PlatformConfig;
import io.nettrace.platform.Service;
import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** The settings of mail, and where it goes, as beans. */
@Service
public class MailBeans implements Configured {
  private static final String FOLDER = "mailbox";

  @Override
  public List<Setting<?>> settings() {
    return MailConfig.SETTINGS;
  }

  @Produces
  @Singleton
  MailConfig config(Settings settings) {
    return MailConfig.from(settings);
  }

  @Produces
  @Singleton
  MailTransport delivery(MailConfig config, PlatformConfig platform) {
    return config
        .host()
        .<MailTransport>map(host -> new SmtpServer(config, host))
        .orElseGet(() -> new MailboxFolder(platform.data().resolve(FOLDER), config.from()));
  }
}
