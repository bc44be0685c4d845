package drydock.report;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.fs.Device;
import drydock.fs.FileMeta;
import drydock.fs.FileTimes;
import drydock.fs.NodeType;
import org.junit.jupiter.api.Test;

class FileReportTest {
  @Test
  void lettersShowSetIdAndStickyBits() {
    assertThat(letters(NodeType.FILE, 04755)).isEqualTo("-rwsr-xr-x");
    assertThat(letters(NodeType.FILE, 06644)).isEqualTo("-rwSr-Sr--");
    assertThat(letters(NodeType.DIRECTORY, 01777)).isEqualTo("drwxrwxrwt");
    assertThat(letters(NodeType.DIRECTORY, 03770)).isEqualTo("drwxrws--T");
    assertThat(letters(NodeType.SYMLINK, 0777)).isEqualTo("lrwxrwxrwx");
    assertThat(letters(NodeType.CHARACTER, 0)).isEqualTo("c---------");
  }

  @Test
  void typesAreKnownByLabelAndByLetter() {
    assertThat(FileReport.type("file")).isEqualTo(NodeType.FILE);
    assertThat(FileReport.type("f")).isEqualTo(NodeType.FILE);
    assertThat(FileReport.type("d")).isEqualTo(NodeType.DIRECTORY);
    assertThat(FileReport.type("l")).isEqualTo(NodeType.SYMLINK);
    assertThat(FileReport.type("fifo")).isEqualTo(NodeType.FIFO);
    assertThat(FileReport.type("-")).isNull();
    assertThat(FileReport.type("unknown")).isNull();
  }

  @Test
  void typeThatIsNoneOfTheSevenIsUnknown() {
    assertThat(FileReport.type(NodeType.UNKNOWN)).isNull();
    assertThat(FileReport.type(NodeType.FIFO)).isEqualTo(Value.of("fifo"));
  }

  private static String letters(NodeType type, int permissions) {
    return FileReport.letters(
        new FileMeta(
            1,
            type,
            permissions,
            0,
            0,
            0,
            1,
            type.isDevice() ? Device.ZERO : null,
            FileTimes.NONE));
  }
}
