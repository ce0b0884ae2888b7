package io.nettrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  private static final long MEBIBYTE = 1 << 20;

  @TempDir Path folder;

  @Test
  void aFolderIsMadeForItsOwnerAloneAndTaken() throws Exception {
    Path data = folder.resolve("a/data");
    DataFolder.close(data);

    DataFolder.requireRoom(data, true);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
        .isEqualTo("rwx------");
    assertThat(data).as("nothing is left behind").isEmptyDirectory();
  }

  @Test
  void aFileInItsPlaceIsToldInASentence() throws IOException {
    Path data = Files.createFile(folder.resolve("data"));

    assertThatThrownBy(() -> DataFolder.close(data.resolve("below")))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(data.toString())
        .hasMessageContaining("-Dnettrace.data=")
        .message()
        .doesNotContain("Exception");
  }

  @Test
  void aFolderThatCannotBeWrittenIsToldInASentence() throws IOException {
    assumeFalse("root".equals(System.getProperty("user.name")), "root may write everywhere");
    Path data = Files.createDirectory(folder.resolve("data"));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("r-x------"));

    assertThatThrownBy(() -> DataFolder.hold(data))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(data + " cannot be written (permission denied)")
        .hasMessageContaining("-Dnettrace.data=");
  }

  @Test
  void aFullDiskIsToldBeforeAnythingIsStarted() throws IOException {
    assertThatThrownBy(() -> DataFolder.requireRoom(folder, true, 100 * MEBIBYTE))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("disk of the data folder " + folder + " is full: 100 MiB are free")
        .hasMessageContaining("-Dnettrace.data=");
    Files.createDirectory(folder.resolve("postgres"));
    assertThatThrownBy(() -> DataFolder.requireRoom(folder, true, 3 * MEBIBYTE))
        .hasMessageContaining("3 MiB are free");
  }

  @Test
  void aFolderWithoutDatabaseNeedsLess() throws Exception {
    DataFolder.requireRoom(folder, false, 100 * MEBIBYTE);
  }

  @Test
  void whatIsThereAlreadyNeedsLess() throws Exception {
    Files.createDirectory(folder.resolve("postgres"));

    DataFolder.requireRoom(folder, true, 100 * MEBIBYTE);
  }
}
