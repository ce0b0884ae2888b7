package io.nettrace.scan;

import io.nettrace.platform.Columns;
import io.nettrace.platform.Sql;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The table of credentials. */
final class CredentialStore {
  private static final String COLUMNS =
      "id, vantage_point, digest, issued_at, expires_at, revoked_at, last_used_at";
  private static final Sql BY_SELECTOR =
      Sql.of("select " + COLUMNS + " from platform.scanner_credentials where selector = :selector");
  private static final Sql ONE =
      Sql.of(
          "select "
              + COLUMNS
              + " from platform.scanner_credentials"
              + " where id = :id and vantage_point = :vantage_point");
  private static final Sql OF_VANTAGE_POINT =
      Sql.of(
          "select "
              + COLUMNS
              + """
               from platform.scanner_credentials where vantage_point = :vantage_point
              order by issued_at desc, id limit :most
              """);
  private static final Sql LOCK =
      Sql.of("select name from platform.vantage_points where name = :name for no key update");
  private static final Sql INSERT =
      Sql.of(
          """
          insert into platform.scanner_credentials (id, vantage_point, selector, digest, issued_at)
          values (:id, :vantage_point, :selector, :digest, :issued_at)
          """);
  private static final Sql EXPIRE =
      Sql.of(
          """
          update platform.scanner_credentials set expires_at = :expires_at
          where id = :id and vantage_point = :vantage_point and revoked_at is null
            and expires_at is null
          """);
  private static final Sql REVOKE =
      Sql.of(
          """
          update platform.scanner_credentials set revoked_at = :now
          where id = :id and vantage_point = :vantage_point and revoked_at is null
          """);
  private static final Sql USED =
      Sql.of(
          """
          update platform.scanner_credentials set last_used_at = :now
          where id = :id and (last_used_at is null or last_used_at < :now - interval '1 minute')
          """);

  private CredentialStore() {}

  /** The one with that digest, live or not; looked up by a part of it, compared as a whole. */
  static Optional<ScannerCredential> find(Connection connection, byte[] digest)
      throws SQLException {
    return BY_SELECTOR
        .bind("selector", CredentialSecret.selector(digest))
        .all(
            connection,
            row ->
                MessageDigest.isEqual(row.getBytes("digest"), digest)
                    ? Stream.of(credential(row))
                    : Stream.<ScannerCredential>empty())
        .stream()
        .flatMap(found -> found)
        .findFirst();
  }

  /** One of a vantage point, live or not. */
  static Optional<ScannerCredential> find(Connection connection, String vantagePoint, UUID id)
      throws SQLException {
    return ONE.bind("id", id)
        .bind("vantage_point", vantagePoint)
        .first(connection, CredentialStore::credential);
  }

  /** The newest first. */
  static List<ScannerCredential> list(Connection connection, String vantagePoint, int most)
      throws SQLException {
    return OF_VANTAGE_POINT
        .bind("vantage_point", vantagePoint)
        .bind("most", most)
        .all(connection, CredentialStore::credential);
  }

  /** Has other changes of the vantage point's credentials wait; false when there is no such one. */
  static boolean lock(Connection transaction, String vantagePoint) throws SQLException {
    return LOCK.bind("name", vantagePoint).any(transaction);
  }

  static void insert(
      Connection transaction, UUID id, String vantagePoint, byte[] digest, Instant now)
      throws SQLException {
    int _ =
        INSERT
            .bind("id", id)
            .bind("vantage_point", vantagePoint)
            .bind("selector", CredentialSecret.selector(digest))
            .bind("digest", digest)
            .bind("issued_at", now)
            .update(transaction);
  }

  /** False when it is not live, or is being replaced already. */
  static boolean expire(Connection transaction, String vantagePoint, UUID id, Instant at)
      throws SQLException {
    return EXPIRE
            .bind("id", id)
            .bind("vantage_point", vantagePoint)
            .bind("expires_at", at)
            .update(transaction)
        == 1;
  }

  /** False when there is none that is not revoked. */
  static boolean revoke(Connection transaction, String vantagePoint, UUID id, Instant now)
      throws SQLException {
    return REVOKE
            .bind("id", id)
            .bind("vantage_point", vantagePoint)
            .bind("now", now)
            .update(transaction)
        == 1;
  }

  static void used(Connection connection, UUID id, Instant now) throws SQLException {
    int _ = USED.bind("id", id).bind("now", now).update(connection);
  }

  private static ScannerCredential credential(ResultSet row) throws SQLException {
    return new ScannerCredential(
        Columns.uuid(row, "id"),
        row.getString("vantage_point"),
        Columns.time(row, "issued_at"),
        Columns.optionalTime(row, "expires_at"),
        Columns.optionalTime(row, "revoked_at"),
        Columns.optionalTime(row, "last_used_at"));
  }
}
