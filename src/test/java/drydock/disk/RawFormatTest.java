package drydock.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import drydock.bytes.CorruptDataException;
import drydock.bytes.UnsupportedFormatException;
import drydock.finding.FindingLog;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawFormatTest {
  @TempDir Path folder;
  private final RawFormat format = new RawFormat();
  private final FindingLog log = new FindingLog();

  @Test
  void sparseFileReadsAsItIsLong() throws IOException {
    Path file = folder.resolve("disk.raw");
    long size = 40L << 30;
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.setLength(size);
      raw.seek(size - 3);
      raw.write(new byte[] {1, 2, 3});
    }
    try (OpenDisk disk = format.open(file, log)) {
      assertThat(disk.format()).isEqualTo("raw");
      assertThat(disk.bytes().size()).isEqualTo(size);
      assertThat(disk.bytes().bytes(size - 4, 4)).containsExactly(0, 1, 2, 3);
      assertThat(disk.bytes().origin()).hasToString("disk.raw");
      assertThatThrownBy(() -> disk.bytes().bytes(size - 1, 2)).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void largePiecesAreReadWhole() throws IOException {
    byte[] content = new byte[(3 << 20) + 17];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i * 31 >> 3);
    }
    Path file = Files.write(folder.resolve("disk.raw"), content);
    try (OpenDisk disk = format.open(file, log)) {
      assertThat(disk.bytes().bytes(0, content.length)).isEqualTo(content);
    }
  }

  @Test
  void emptyFileIsNoDisk() throws IOException {
    Path file = Files.createFile(folder.resolve("empty"));
    assertThatThrownBy(() -> format.open(file, log))
        .isInstanceOf(CorruptDataException.class)
        .hasMessage("empty at 0: the file is empty");
  }

  @Test
  void directoryIsNoDisk() throws IOException {
    assertThat(format.recognises(folder)).isFalse();
    assertThatThrownBy(() -> format.open(folder, log))
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessageContaining("is a directory");
  }

  @Test
  void characterDeviceIsNotOpened() throws IOException {
    assertThat(format.recognises(Path.of("/dev/null"))).isFalse();
    assertThatThrownBy(() -> format.open(Path.of("/dev/null"), log))
        .isInstanceOf(UnsupportedFormatException.class);
  }

  @Test
  void missingFileIsNamed() {
    assertThatThrownBy(() -> format.open(folder.resolve("gone"), log))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("gone");
  }
}
