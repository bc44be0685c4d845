package drydock.fs.ext4.journal;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.LittleEndian;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * That the table's column of the kernel is what this machine's kernel does: each journal is written
 * into an image, which is mounted. Needs root, loop devices and e2fsprogs.
 */
@Tag("live")
class LiveJournalTest {
  private static final int BASE = 3900;
  private static final int SHOWN = 8;
  private static final int INCOMPAT = 1024 + 0x60;
  private static final int RECOVER = 0x4;

  @TempDir Path work;

  static Stream<JournalCases.Case> cases() {
    return JournalCases.at(BASE).stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theKernelDoesWhatTheTableSays(JournalCases.Case one) throws Exception {
    Path image = image(one);
    Path mounted = Files.createDirectory(work.resolve("mounted"));
    String device = sh("losetup -f --show " + image).strip();
    boolean mounts = exit("mount -t ext4 -o ro " + device + " " + mounted) == 0;
    if (mounts) {
      sh("umount " + mounted);
    }
    sh("losetup -d " + device);
    assertThat(picture(image)).isEqualTo(one.kernels());
    assertThat(mounts).isEqualTo(one.mounts());
  }

  private Path image(JournalCases.Case one) throws Exception {
    Path image = work.resolve("image");
    sh(
        "truncate -s 4M "
            + image
            + " && mke2fs -q -F -t ext4 -b 1024 -J size=1 -O ^metadata_csum,^64bit,^resize_inode "
            + image);
    byte[] raw = Files.readAllBytes(image);
    Arrays.fill(
        raw, BASE * JournalBuilder.BLOCK, (BASE + SHOWN) * JournalBuilder.BLOCK, (byte) 'f');
    write(one.journal().bytes(), image, raw);
    ByteBuffer.wrap(raw)
        .putInt(INCOMPAT, Integer.reverseBytes(LittleEndian.i32(raw, INCOMPAT) | RECOVER));
    Files.write(image, raw);
    for (int hole : one.holes()) {
      sh("debugfs -w -R 'punch <8> " + hole + " " + hole + "' " + image);
    }
    return image;
  }

  /** Writes the journal into its blocks: debugfs tells where each run of them lies. */
  private static void write(byte[] journal, Path image, byte[] raw) throws Exception {
    Matcher run =
        Pattern.compile("\\((\\d+)(?:-(\\d+))?\\):(\\d+)")
            .matcher(sh("debugfs -R 'stat <8>' " + image));
    int written = 0;
    while (run.find()) {
      int first = Integer.parseInt(run.group(1));
      int last = run.group(2) == null ? first : Integer.parseInt(run.group(2));
      int count = (last - first + 1) * JournalBuilder.BLOCK;
      int to = Integer.parseInt(run.group(3)) * JournalBuilder.BLOCK;
      System.arraycopy(journal, first * JournalBuilder.BLOCK, raw, to, count);
      written += count;
    }
    assertThat(written).isEqualTo(journal.length);
  }

  private static String picture(Path image) throws IOException {
    byte[] raw = Files.readAllBytes(image);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < SHOWN; i++) {
      text.append((char) (raw[(BASE + i + 1) * JournalBuilder.BLOCK - 1] & 0xff));
    }
    return text.toString();
  }

  private static String sh(String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(List.of("sh", "-c", command)).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as("%s: %s", command, output).isZero();
    return output;
  }

  private static int exit(String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(List.of("sh", "-c", command))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }
}
