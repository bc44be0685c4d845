package drydock.timeline;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import drydock.fs.FileMeta;
import drydock.fs.FileTimes;
import drydock.fs.Name;
import drydock.fs.NodeType;
import drydock.fs.TreePath;
import drydock.truth.KernelListing;
import drydock.truth.MactimeBodyFile;
import drydock.truth.PlasoBodyFile;
import drydock.truth.TimedRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a name, a target, a number is: plaso and mactime both read what it was. */
class HostileBodyFileTest {
  private static final List<String> NAMES =
      List.of(
          "a\nb",
          "a\n0|/etc/shadow|1|r/r",
          "|",
          "||",
          "a|",
          "\\",
          "\\\\",
          "\\|",
          "\\x0a",
          "a\\",
          "\\x5cx0a",
          "\\x7c",
          "\\x",
          "%41",
          "%7c",
          "%",
          "%%41",
          "\u001b[2J",
          "\u001b]0;x\u0007",
          "\"",
          "'",
          "\"\"",
          "a,b",
          "a:b",
          " a",
          "a ",
          " ",
          "  ",
          "a -> b",
          " -> ",
          "->",
          "-> a",
          "a ->",
          "a -",
          "> a",
          "a -\\x3e b",
          "a (deleted)",
          " (deleted)",
          "a (deleted-realloc)",
          "(deleted)",
          "a \\x28deleted)",
          "#",
          "# a",
          "\r",
          "a\r",
          "\t",
          "\u0001",
          "\u007f",
          "\u0085",
          "\u00a0",
          "\u2028",
          "\u202e",
          "\ufeff",
          "\ufffd",
          "\uffff",
          "\ud83d\ude00",
          "\u00e9",
          "e\u0301",
          "$OrphanFiles",
          "OrphanFile-1",
          "r/rrwxrwxrwx",
          "0",
          "-1",
          "a\0b");

  /** Bytes that are no text. */
  private static final List<String> RAW =
      List.of(
          "\u00ff",
          "\u0080",
          "\u0085",
          "\u00c2",
          "\u00c2\u0085",
          "\u00c0\u00af",
          "\u00ed\u00a0\u0080",
          "\\\u0080",
          "\u00f5\u0080\u0080\u0080",
          "a\u00e2\u0082");

  private static final List<Instant> TIMES =
      Arrays.asList(
          null,
          Instant.EPOCH,
          Instant.ofEpochSecond(0, 1),
          Instant.ofEpochSecond(-1, 999_999_999),
          Instant.ofEpochSecond(-1),
          Instant.ofEpochSecond(-2, 1),
          Instant.ofEpochSecond(Integer.MIN_VALUE),
          Instant.ofEpochSecond(Integer.MAX_VALUE, 999_999_999),
          Instant.ofEpochSecond(1L << 32, 5),
          Instant.ofEpochSecond(9_999_999_999L, 999_999_999),
          Instant.ofEpochSecond(10_000_000_000L),
          Instant.ofEpochSecond(15_032_385_535L, 999_999_999));

  private static List<byte[]> names() {
    List<byte[]> names = new ArrayList<>();
    NAMES.forEach(name -> names.add(name.getBytes(UTF_8)));
    RAW.forEach(name -> names.add(name.getBytes(ISO_8859_1)));
    return names;
  }

  /** A line, and what it must be read as. */
  private static final class Lines {
    private final BodyFile body = new BodyFile("", true, 1);
    private final List<TimedRow> told = new ArrayList<>();
    private int next;

    void add(byte[] name, byte[] target, NodeType named, NodeType type, TimedFile.Fate fate) {
      List<Instant> times = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        times.add(TIMES.get((next / (1 + i) + i) % TIMES.size()));
      }
      long inode = next++ % 2 == 0 ? next : (1L << 32) - next;
      FileTimes stored =
          new FileTimes(times.get(1), times.get(0), times.get(2), times.get(3), null);
      FileMeta meta = new FileMeta(inode, type, 0644, 0xffffffffL, next, 1L << 60, 1, null, stored);
      TreePath path = TreePath.of("/d").child(Name.of(name));
      body.add(new TimedFile(path, inode, named, meta, null, fate), target, null);
      boolean hasTarget = target != null && target.length > 0;
      told.add(
          new TimedRow(
              "/d/" + KernelListing.escaped(name),
              hasTarget ? KernelListing.escaped(target) : null,
              switch (fate) {
                case LIVING -> "";
                case HIDDEN, DELETED -> "deleted";
                case REALLOCATED -> "deleted-realloc";
              },
              inode,
              letter(named) + "/" + letter(type) + "rw-r--r--",
              0xffffffffL,
              next,
              1L << 60,
              null,
              times.stream().map(Lines::nanos).toList()));
    }

    private static char letter(NodeType type) {
      return type == NodeType.FILE ? 'r' : type.letter();
    }

    private static BigInteger nanos(Instant time) {
      return time == null
          ? null
          : BigInteger.valueOf(time.getEpochSecond())
              .multiply(BigInteger.valueOf(1_000_000_000))
              .add(BigInteger.valueOf(time.getNano()));
    }

    byte[] bytes() {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(body.lines().array(), 0, body.lines().limit());
      return out.toByteArray();
    }

    void assertReadByBoth() throws IOException {
      List<TimedRow> mactime = MactimeBodyFile.read(bytes());
      List<PlasoBodyFile.Entry> plaso = PlasoBodyFile.read(bytes());
      assertThat(mactime).hasSameSizeAs(told);
      assertThat(plaso).hasSameSizeAs(told);
      for (int i = 0; i < told.size(); i++) {
        assertThat(mactime.get(i)).isEqualTo(told.get(i));
        TimedRow row = plaso.get(i).row();
        assertThat(row.withTimes(told.get(i).times())).isEqualTo(told.get(i));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TimedFile.Fate.class)
  void namesOfFiles(TimedFile.Fate fate) throws IOException {
    Lines lines = new Lines();
    names().forEach(name -> lines.add(name, null, NodeType.FILE, NodeType.FILE, fate));
    lines.assertReadByBoth();
  }

  @ParameterizedTest
  @EnumSource(TimedFile.Fate.class)
  void namesOfLinksWithTargets(TimedFile.Fate fate) throws IOException {
    Lines lines = new Lines();
    for (byte[] name : names()) {
      names().forEach(to -> lines.add(name, to, NodeType.SYMLINK, NodeType.SYMLINK, fate));
    }
    lines.assertReadByBoth();
  }

  /** A target that cannot be read, one that was wiped, and a link's name that is a file's now. */
  @ParameterizedTest
  @EnumSource(TimedFile.Fate.class)
  void namesOfLinksWithoutTargets(TimedFile.Fate fate) throws IOException {
    Lines lines = new Lines();
    for (byte[] name : names()) {
      lines.add(name, null, NodeType.SYMLINK, NodeType.SYMLINK, fate);
      lines.add(name, new byte[0], NodeType.SYMLINK, NodeType.SYMLINK, fate);
      lines.add(name, null, NodeType.SYMLINK, NodeType.FILE, fate);
      lines.add(name, null, NodeType.FILE, NodeType.SYMLINK, fate);
      lines.add(name, "to".getBytes(UTF_8), NodeType.FILE, NodeType.SYMLINK, fate);
    }
    lines.assertReadByBoth();
  }

  @Test
  void randomNamesAndTargets() throws IOException {
    byte[] odd = " ->()\\|%x7c3e2825c\n\u0085delted-roc".getBytes(ISO_8859_1);
    Random random = new Random(6);
    Lines lines = new Lines();
    TimedFile.Fate[] fates = TimedFile.Fate.values();
    for (int i = 0; i < 50_000; i++) {
      byte[] name = random(odd, random);
      byte[] target = random(odd, random);
      lines.add(name, target, NodeType.SYMLINK, NodeType.SYMLINK, fates[i % fates.length]);
      lines.add(name, null, NodeType.SYMLINK, NodeType.SYMLINK, fates[i % fates.length]);
    }
    lines.assertReadByBoth();
  }

  private static byte[] random(byte[] of, Random random) {
    byte[] name = new byte[1 + random.nextInt(14)];
    for (int i = 0; i < name.length; i++) {
      name[i] = of[random.nextInt(of.length)];
    }
    return name;
  }

  /** Numbers of inodes that a host's file system may have, and none of ext4 has. */
  @Test
  void inodeNumbersHaveNoSign() {
    BodyFile body = new BodyFile("", false, 1);
    FileMeta meta = new FileMeta(-2, NodeType.FILE, 0, 0, 0, 0, 1, null, FileTimes.NONE);
    TreePath path = TreePath.of("/a");
    body.add(new TimedFile(path, -2, NodeType.FILE, meta, null, TimedFile.Fate.LIVING), null, null);
    assertThat(UTF_8.decode(body.lines()).toString())
        .isEqualTo("0|/a|18446744073709551614|r/r---------|0|0|0|0|0|0|0\n");
  }
}
