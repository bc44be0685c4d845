package drydock.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import drydock.bytes.CorruptDataException;
import drydock.bytes.UnsupportedFormatException;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** qcow2 files that cannot be read say why in one line. */
class Qcow2RefusalTest {
  @TempDir Path folder;

  private AbstractThrowableAssert<?, ? extends Throwable> opening(String name) throws IOException {
    DiskFixtures.unpackAll(folder);
    Path file = folder.resolve(name + ".qcow2");
    return assertThatThrownBy(() -> new Qcow2Format().open(file, new FindingLog()).close())
        .hasMessageNotContaining("\n");
  }

  @Test
  void encryptedIsRefused() throws IOException {
    opening("luks").isInstanceOf(UnsupportedFormatException.class).hasMessageContaining("LUKS");
  }

  @Test
  void externalDataFileIsNamed() throws IOException {
    opening("external-data")
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessageContaining("\"external.raw\"");
  }

  @Test
  void unknownFeatureIsNamedByItsBit() throws IOException {
    opening("unknown-feature")
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessageContaining("incompatible bit 6");
  }

  @Test
  void circleOfBackingFilesIsFound() throws IOException {
    opening("circle-a")
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("in a circle");
  }

  @Test
  void backingFileThatIsNoFileIsRefused() throws IOException {
    opening("over-network")
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessageContaining("nbd://10.0.0.1/disk");
    opening("over-json")
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessageContaining("json:");
  }

  @Test
  void missingBackingFileIsNamed() throws IOException {
    opening("over-missing")
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("gone.qcow2")
        .hasMessageContaining("backing file of over-missing.qcow2");
  }

  @Test
  void absoluteBackingNameOfAnotherMachineIsFoundBesideTheDisk() throws IOException {
    DiskFixtures.unpackAll(folder);
    Path file = folder.resolve("over-missing.qcow2");
    byte[] raw = Files.readAllBytes(file);
    int at = BigEndian.i32(raw, 12);
    byte[] name = "/nowhere-at-all/v3.qcow2".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(name, 0, raw, at, name.length);
    raw[19] = (byte) name.length;
    Files.write(file, raw);
    FindingLog log = new FindingLog();
    try (OpenDisk disk = new Qcow2Format().open(file, log)) {
      assertThat(disk.bytes().bytes(0, 5)).asString().isEqualTo("boot ");
    }
    assertThat(log.list())
        .singleElement()
        .satisfies(f -> assertThat(f.what()).contains("beside this one"));
  }

  @Test
  void eachHeaderFieldIsChecked() throws IOException {
    Path file = DiskFixtures.unpack("v3", folder);
    byte[] sound = Files.readAllBytes(file);
    assertThat(
            Qcow2Header.decode(Arrays.copyOf(sound, 112), EvidenceFile.origin(file)).clusterBits())
        .isEqualTo(16);
    int[][] broken = {
      {7, 9},
      {23, 8},
      {23, 22},
      {24, 0x80},
      {36, 1},
      {40, 0x80},
      {47, 1},
      {48, 0x80},
      {56, 1},
      {99, 7},
      {103, 103},
      {103, 96},
      {104, 1},
      {60, 1},
      {35, 3}
    };
    for (int[] change : broken) {
      byte[] raw = sound.clone();
      raw[change[0]] = (byte) change[1];
      Files.write(file, raw, StandardOpenOption.TRUNCATE_EXISTING);
      assertThatThrownBy(() -> new Qcow2Format().open(file, new FindingLog()).close())
          .as("byte %s = %s", change[0], change[1])
          .isInstanceOf(CorruptDataException.class)
          .hasMessageContaining("qcow2 header: ");
    }
  }
}
