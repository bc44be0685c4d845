package drydock.fs.ext4;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import drydock.bytes.ArraySource;
import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.bytes.UnsupportedFormatException;
import drydock.cli.option.StandardOutput;
import drydock.disk.OpenDisk;
import drydock.disk.RawFormat;
import drydock.finding.FindingLog;
import drydock.fs.FileMeta;
import drydock.fs.Node;
import drydock.fs.OpenOptions;
import drydock.fs.TreePath;
import drydock.fs.TreeWalk;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Contents go from an image to a channel as they are read, wherever they lie. */
class TransferTest {
  private static final int MOST = 4 << 20;

  /** Of each image so many are compared. */
  private static final int FILES = 40;

  @TempDir Path folder;

  static List<String> names() throws IOException {
    return Images.names();
  }

  private static void transfer(ByteSource from, long position, long end, WritableByteChannel to)
      throws IOException {
    for (long at = position; at < end; ) {
      long count = from.transfer(at, end - at, to);
      assertThat(count).isBetween(1L, end - at);
      at += count;
    }
  }

  private OpenDisk disk(byte[] raw) throws IOException {
    Path file = folder.resolve("image.raw");
    return new RawFormat().open(Files.write(file, raw), new FindingLog());
  }

  /** Through a file, where the system copies, and through a stream; 0 of what is not read. */
  private int compare(Node node) throws IOException {
    ByteSource content;
    try {
      content = node.content();
    } catch (UnsupportedFormatException e) {
      return 0; // compressed
    }
    byte[] expected = content.allBytes(MOST);
    Path file = folder.resolve("copy");
    try (FileChannel to =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      transfer(content, 0, content.size(), to);
    }
    assertThat(Files.readAllBytes(file)).as("%s", content.origin()).isEqualTo(expected);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int from = expected.length / 3;
    transfer(content, from, content.size(), Channels.newChannel(bytes));
    assertThat(bytes.toByteArray()).isEqualTo(Arrays.copyOfRange(expected, from, expected.length));
    return 1;
  }

  @ParameterizedTest
  @MethodSource("names")
  void contentsAreTransferredAsTheyAreRead(String name) throws IOException {
    int[] compared = new int[1];
    try (OpenDisk disk = disk(Images.raw(name))) {
      FindingLog log = new FindingLog();
      Ext4Tree tree = Ext4Format.openTree(disk.bytes(), OpenOptions.DEFAULT, log);
      new TreeWalk(log)
          .walk(
              TreePath.ROOT,
              tree.root(),
              (TreePath path, Node node, FileMeta meta) -> {
                if (meta.isFile() && meta.size() > 0 && meta.size() < MOST && compared[0] < FILES) {
                  compared[0] += compare(node);
                }
              });
    }
    assertThat(compared[0]).isPositive();
  }

  @Test
  void nothingBehindTheEndIsTransferred() throws IOException {
    byte[] raw = new byte[5000];
    try (OpenDisk disk = disk(raw)) {
      ByteSource source = disk.bytes();
      ByteSource slice = source.slice("slice", 100, 1000);
      WritableByteChannel to = Channels.newChannel(new ByteArrayOutputStream());
      for (ByteSource each : List.of(source, slice, new ArraySource(raw, Origin.of("array")))) {
        assertThatThrownBy(() -> each.transfer(each.size() - 1, 2, to))
            .as("%s", each.origin())
            .isInstanceOf(EOFException.class);
      }
    }
  }

  @Test
  void aFileThatBecameShorterIsSaid() throws IOException {
    try (OpenDisk disk = disk(new byte[5000])) {
      Files.write(folder.resolve("image.raw"), new byte[1000]);
      WritableByteChannel to = Channels.newChannel(new ByteArrayOutputStream());
      assertThatThrownBy(() -> disk.bytes().transfer(2000, 100, to))
          .isInstanceOf(EOFException.class)
          .hasMessageContaining("became shorter");
    }
  }

  @Test
  void whatIsTransferredComesBehindWhatWasWritten() throws IOException {
    Path file = folder.resolve("out");
    try (OpenDisk disk = disk("content".getBytes(US_ASCII));
        FileOutputStream stream = new FileOutputStream(file.toFile());
        StandardOutput out = new StandardOutput(stream, 1 << 16)) {
      out.write("before ".getBytes(US_ASCII));
      assertThat(out.transfer(disk.bytes(), 0, 7)).isEqualTo(7);
      out.write(" behind".getBytes(US_ASCII));
      out.flush();
    }
    assertThat(file).hasContent("before content behind");
  }
}
