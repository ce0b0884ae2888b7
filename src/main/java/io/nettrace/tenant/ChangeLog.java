package io.nettrace.tenant;

import io.nettrace.platform.crypto.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import liquibase.Scope;
import liquibase.change.Change;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.database.OfflineConnection;
import liquibase.database.core.PostgresDatabase;
import liquibase.exception.LiquibaseException;
import liquibase.parser.ChangeLogParserFactory;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.resource.ResourceAccessor;
import liquibase.sqlgenerator.SqlGeneratorFactory;

/**
 * The change log of tenants' schemas: written for Liquibase, which checks it and makes SQL of it;
 * applied as that SQL, since asking Liquibase for each of thousands of schemas would take minutes
 * to do nothing. A schema's version is the number of change sets it has.
 */
final class ChangeLog {
  static final String FILE = "liquibase/tenant/changelog.xml";

  private final List<List<String>> changeSets;
  private final List<String> digests;

  ChangeLog(List<List<String>> changeSets) {
    this.changeSets = changeSets.stream().map(List::copyOf).toList();
    this.digests = digests(this.changeSets);
  }

  static ChangeLog read() {
    return read(FILE, new ClassLoaderResourceAccessor(ChangeLog.class.getClassLoader()));
  }

  static ChangeLog read(String file, ResourceAccessor files) {
    try {
      System.setProperty("liquibase.analytics.enabled", "false");
      PostgresDatabase database = new PostgresDatabase();
      database.setConnection(
          new OfflineConnection("offline:postgresql?outputLiquibaseSql=none", files));
      DatabaseChangeLog log =
          Scope.child(
              Map.of(Scope.Attr.resourceAccessor.name(), files),
              () ->
                  ChangeLogParserFactory.getInstance()
                      .getParser(file, files)
                      .parse(file, new ChangeLogParameters(database), files));
      List<List<String>> changeSets = new ArrayList<>();
      for (var changeSet : log.getChangeSets()) {
        changeSets.add(sql(changeSet.getChanges(), database));
      }
      return new ChangeLog(changeSets);
    } catch (LiquibaseException e) {
      throw new IllegalStateException("the change log " + file + " cannot be read", e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> sql(List<Change> changes, PostgresDatabase database) {
    List<String> statements = new ArrayList<>();
    for (Change change : changes) {
      for (var statement : change.generateStatements(database)) {
        for (var sql : SqlGeneratorFactory.getInstance().generateSql(statement, database)) {
          statements.add(sql.toSql());
        }
      }
    }
    return statements;
  }

  int version() {
    return changeSets.size();
  }

  /** What a schema needs that has the first {@code version} change sets. */
  List<String> after(int version) {
    return changeSets.subList(version, changeSets.size()).stream().flatMap(List::stream).toList();
  }

  /** Tells apart logs whose first {@code version} change sets differ. */
  String digest(int version) {
    return digests.get(version);
  }

  private static List<String> digests(List<List<String>> changeSets) {
    MessageDigest digest = Sha256.digest();
    List<String> digests = new ArrayList<>(List.of(""));
    for (List<String> changeSet : changeSets) {
      digest.update(digests.getLast().getBytes(StandardCharsets.US_ASCII));
      for (String statement : changeSet) {
        digest.update(statement.getBytes(StandardCharsets.UTF_8));
      }
      digests.add(HexFormat.of().formatHex(digest.digest()));
    }
    return digests;
  }
}
