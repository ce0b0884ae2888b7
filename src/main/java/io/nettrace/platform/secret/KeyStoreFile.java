package io.nettrace.platform.secret;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A certificate with its private key as the PKCS12 file that the server reads: an operator's own,
 * or one made of an operator's PEM file (certificates, the server's first, and an unencrypted PKCS8
 * key), kept beside the server and readable by its user only.
 */
public record KeyStoreFile(Path path, String password, String alias) {
  private static final String PEM_ALIAS = "nettrace";
  private static final String PEM_PASSWORD = "nettrace"; // of a copy; the folder is what guards it
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  /**
   * Reads a file; one in PEM is copied into a PKCS12 file.
   *
   * @param file PKCS12 or PEM
   * @param password of a PKCS12 file
   * @param copy where the PKCS12 file made of a PEM file goes
   */
  public static KeyStoreFile of(Path file, String password, Path copy)
      throws UnusableKeyException, IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UnusableKeyException("The file " + file + " cannot be read.", e);
    }
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return text.contains("-----BEGIN ") ? ofPem(file, text, copy) : ofStore(file, bytes, password);
  }

  private static KeyStoreFile ofStore(Path file, byte[] bytes, String password)
      throws UnusableKeyException {
    try (InputStream in = new ByteArrayInputStream(bytes)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password.toCharArray());
      for (String alias : Collections.list(store.aliases())) {
        if (store.isKeyEntry(alias)) {
          return new KeyStoreFile(file.toAbsolutePath(), password, alias);
        }
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new UnusableKeyException(
          "The file " + file + " is neither PEM nor a PKCS12 file of this password.", e);
    }
    throw new UnusableKeyException("The file " + file + " holds no private key.");
  }

  private static KeyStoreFile ofPem(Path file, String text, Path copy)
      throws UnusableKeyException, IOException {
    List<Certificate> chain = new ArrayList<>();
    List<PrivateKey> keys = new ArrayList<>();
    for (MatchResult block : BLOCK.matcher(text).results().toList()) {
      byte[] der = Base64.getMimeDecoder().decode(block.group(2));
      switch (block.group(1)) {
        case "CERTIFICATE" -> chain.add(certificate(file, der));
        case "PRIVATE KEY" -> keys.add(key(file, der));
        case "RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY" ->
            throw new UnusableKeyException(
                "The key in "
                    + file
                    + " is not in the form PKCS8 without a password; convert it with: openssl pkcs8"
                    + " -topk8 -nodes");
        default -> {
          // parameters of a curve and the like say nothing that the key does not
        }
      }
    }
    if (chain.isEmpty() || keys.size() != 1) {
      throw new UnusableKeyException(
          "The file %s holds %d certificates and %d private keys; it needs the server's certificate, those that vouch for it, and one key."
              .formatted(file, chain.size(), keys.size()));
    }
    write(file, chain, keys.getFirst(), copy);
    return new KeyStoreFile(copy.toAbsolutePath(), PEM_PASSWORD, PEM_ALIAS);
  }

  private static Certificate certificate(Path file, byte[] der) throws UnusableKeyException {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificate(new ByteArrayInputStream(der));
    } catch (GeneralSecurityException e) {
      throw new UnusableKeyException("A certificate in " + file + " cannot be read.", e);
    }
  }

  private static PrivateKey key(Path file, byte[] der) throws UnusableKeyException {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (InvalidKeySpecException e) {
        // it may be of the next kind
      } catch (GeneralSecurityException e) {
        throw new UnusableKeyException("The key in " + file + " cannot be read.", e);
      }
    }
    throw new UnusableKeyException("The key in " + file + " is of no known kind.");
  }

  private static void write(Path file, List<Certificate> chain, PrivateKey key, Path copy)
      throws UnusableKeyException, IOException {
    Path draft = copy.resolveSibling(copy.getFileName() + ".new");
    try (OutputStream out = Files.newOutputStream(draft)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          PEM_ALIAS, key, PEM_PASSWORD.toCharArray(), chain.toArray(new Certificate[0]));
      store.store(out, PEM_PASSWORD.toCharArray());
    } catch (GeneralSecurityException e) {
      throw new UnusableKeyException(
          "Certificate and key in " + file + " do not belong together.", e);
    }
    Files.move(draft, copy, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }
}
