package io.nettrace.platform.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyStoreFileTest {
  private static final String PASSWORD = "a password of a test";

  @TempDir static Path folder;

  @BeforeAll
  static void makeKeys() throws Exception {
    for (String algorithm : new String[] {"RSA", "EC"}) {
      Process keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-alias",
                  "server",
                  "-keyalg",
                  algorithm,
                  "-dname",
                  "CN=localhost",
                  "-storetype",
                  "PKCS12",
                  "-keystore",
                  store(algorithm).toString(),
                  "-storepass",
                  PASSWORD)
              .inheritIO()
              .start();
      assertThat(keytool.waitFor()).isZero();
    }
  }

  @Test
  void aPkcs12FileIsTakenAsItIs() throws Exception {
    KeyStoreFile found = KeyStoreFile.of(store("RSA"), PASSWORD, folder.resolve("unused.p12"));

    assertThat(found.path()).isEqualTo(store("RSA").toAbsolutePath());
    assertThat(found.alias()).isEqualTo("server");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void aPemFileIsCopiedIntoOne(String algorithm) throws Exception {
    Path pem = Files.writeString(folder.resolve(algorithm + ".pem"), pem(algorithm, "PRIVATE KEY"));

    KeyStoreFile copy = KeyStoreFile.of(pem, "", folder.resolve(algorithm + "-copy.p12"));

    KeyStore store = load(copy.path(), copy.password());
    assertThat(store.getCertificate(copy.alias()))
        .isEqualTo(load(store(algorithm), PASSWORD).getCertificate("server"));
    assertThat(store.getKey(copy.alias(), copy.password().toCharArray())).isEqualTo(key(algorithm));
  }

  @Test
  void aKeyOfAnotherFormIsRefusedWithTheWayToConvertIt() throws Exception {
    Path pem = Files.writeString(folder.resolve("old.pem"), pem("RSA", "RSA PRIVATE KEY"));

    assertThatThrownBy(() -> KeyStoreFile.of(pem, "", folder.resolve("old.p12")))
        .isInstanceOf(UnusableKeyException.class)
        .hasMessageContaining("openssl pkcs8 -topk8 -nodes");
  }

  @Test
  void aWrongPasswordAndAMissingFileAreSaid() throws Exception {
    assertThatThrownBy(() -> KeyStoreFile.of(store("RSA"), "wrong", folder.resolve("x.p12")))
        .isInstanceOf(UnusableKeyException.class)
        .hasMessageContaining("password");
    assertThatThrownBy(
            () -> KeyStoreFile.of(folder.resolve("none"), PASSWORD, folder.resolve("x.p12")))
        .isInstanceOf(UnusableKeyException.class)
        .hasMessageContaining("cannot be read");
  }

  private static String pem(String algorithm, String kind) throws Exception {
    Base64.Encoder encoder = Base64.getMimeEncoder();
    return "-----BEGIN CERTIFICATE-----\n"
        + encoder.encodeToString(
            load(store(algorithm), PASSWORD).getCertificate("server").getEncoded())
        + "\n-----END CERTIFICATE-----\n-----BEGIN "
        + kind
        + "-----\n"
        + encoder.encodeToString(key(algorithm).getEncoded())
        + "\n-----END "
        + kind
        + "-----\n";
  }

  private static Key key(String algorithm) throws Exception {
    return load(store(algorithm), PASSWORD).getKey("server", PASSWORD.toCharArray());
  }

  private static Path store(String algorithm) {
    return folder.resolve(algorithm + ".p12");
  }

  private static KeyStore load(Path file, String password) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, password.toCharArray());
    }
    return store;
  }
}
