package drydock.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import drydock.bytes.UnsupportedFormatException;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignFormatTest {
  @TempDir Path folder;

  private final ForeignFormat format = new ForeignFormat();

  private Path file(int offset, String start) throws IOException {
    byte[] text = start.getBytes(StandardCharsets.ISO_8859_1);
    byte[] bytes = new byte[512];
    System.arraycopy(text, 0, bytes, offset, text.length);
    return Files.write(folder.resolve("disk"), bytes);
  }

  /**
   * The first bytes are those that qemu-img 7.2, ewfacquire 20140813, gzip, xz and others write.
   */
  @ParameterizedTest
  @CsvSource({
    "0, KDMV, a VMDK disk",
    "0, # Disk DescriptorFile, the description of a VMDK disk",
    "0, vhdxfile, a VHDX disk",
    "0, conectix, a VHD disk",
    "64, \u007f\u0010\u00da\u00be, a VDI disk",
    "0, 'QED\0', a QED disk",
    "0, 'QFI\u00fb\0\0\0\u0001', a qcow disk of version 1",
    "0, WithouFreSpacExt, a Parallels disk",
    "0, 'EVF\u0009\r\n\u00ff\0', an EWF disk (E01)",
    "0, '\u001f\u008b\b', packed (gzip)",
    "0, '\u00fd7zXZ\0', packed (xz)",
    "0, '(\u00b5/\u00fd', packed (Zstandard)",
    "4, 1AY&SY, packed (bzip2)",
    "0, 'PK\u0003\u0004', packed (zip)",
  })
  void aDiskOfAnotherKindIsRefusedByNameAndWithAdvice(int offset, String start, String name)
      throws IOException {
    Path file = file(offset, start);
    assertThat(format.recognises(file)).isTrue();
    assertThatThrownBy(() -> format.open(file, new FindingLog()))
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessageMatching("disk: is \\Q" + name + "\\E, which is not read: \\w+.*");
  }

  @Test
  void rawDisksQcow2AndShortFilesAreNone() throws IOException {
    assertThat(format.recognises(file(0, ""))).isFalse();
    assertThat(format.recognises(file(0, "QFI\u00fb\0\0\0\u0003"))).isFalse();
    for (int length : new int[] {0, 1, 3, 65}) {
      byte[] start = Arrays.copyOf("KDM".getBytes(StandardCharsets.ISO_8859_1), length);
      assertThat(format.recognises(Files.write(folder.resolve("short"), start))).isFalse();
    }
    assertThat(format.recognises(folder)).isFalse();
  }
}
