package drydock.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.ByteSource;
import drydock.disk.OpenDisk;
import drydock.disk.Qcow2Format;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command on a node's disk that is cut short or has bits turned, the same ones each time: an
 * answer, a finding or one clear line, never a stack trace, a hang or a silence.
 */
class DamagedEvidenceTest {
  private static final long STATEFUL_START = 4456448000L;
  private static final int BLOCK_BYTES = 4096;
  private static final int FLIPPED_DISKS = Integer.getInteger("damaged.rounds", 24);
  private static final int COMMANDS_EACH = 8;
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String ENGINE = "/var/lib/containerd/";
  private static final String WEB = "da18ca8a8a07";

  /** Where {@code EVIDENCE} stands, the disk is named. */
  private static final List<String> COMMANDS =
      List.of(
          "info EVIDENCE",
          "info EVIDENCE -o jsonl",
          "list containers EVIDENCE",
          "list containers EVIDENCE -o jsonl --no-journal",
          "list pods EVIDENCE",
          "list images EVIDENCE -o jsonl",
          "list snapshots EVIDENCE",
          "list content EVIDENCE -o csv",
          "list namespaces EVIDENCE",
          "list leases EVIDENCE -o json",
          "inspect EVIDENCE " + WEB,
          "inspect EVIDENCE " + WEB + " -o table",
          "spec EVIDENCE " + WEB,
          "env EVIDENCE",
          "history EVIDENCE " + WEB,
          "ls EVIDENCE /var/lib -R",
          "ls EVIDENCE " + WEB + ":/ -R --deleted -o jsonl",
          "stat EVIDENCE " + WEB + ":/etc",
          "cat EVIDENCE " + WEB + ":/etc/passwd",
          "hash EVIDENCE " + WEB + ":/etc",
          "find EVIDENCE " + WEB + ":/ --hash",
          "find EVIDENCE " + ENGINE + " --type file --wide",
          "debug bolt EVIDENCE " + ENGINE + "io.containerd.metadata.v1.bolt/meta.db",
          "debug bolt EVIDENCE " + ENGINE + "io.containerd.metadata.v1.bolt/meta.db --meta",
          "debug ext4 EVIDENCE --partition 1",
          "debug ext4 EVIDENCE --partition 1 --groups -o jsonl",
          "debug ext4 EVIDENCE --partition 1 --inode 8",
          "debug ext4 EVIDENCE --partition 1 --group 0",
          "debug ext4 EVIDENCE --partition 1 --block 0-1000 -o jsonl",
          "debug journal EVIDENCE --partition 1 --transactions --old -o jsonl",
          "debug journal EVIDENCE --partition 1 --blocks -o csv",
          "debug qcow2 EVIDENCE",
          "debug qcow2 EVIDENCE --map -o jsonl");

  @TempDir static Path folder;
  private static Path qcow2;
  private static Path raw;

  /** The blocks of the raw disk that hold something. */
  private static final List<Long> USED = new ArrayList<>();

  @BeforeAll
  static void copyDisk() throws IOException {
    qcow2 = folder.resolve("node.qcow2");
    raw = folder.resolve("node.raw");
    Files.copy(Path.of(Cli.node("gke-small")), qcow2);
    byte[] zeros = new byte[BLOCK_BYTES];
    try (OpenDisk disk = new Qcow2Format().open(qcow2, new FindingLog());
        RandomAccessFile file = new RandomAccessFile(raw.toFile(), "rw")) {
      ByteSource bytes = disk.bytes();
      file.setLength(bytes.size());
      for (long at = bytes.nextData(0); at < bytes.size(); at = bytes.nextData(at + BLOCK_BYTES)) {
        byte[] block = bytes.bytes(at, BLOCK_BYTES);
        if (!Arrays.equals(block, zeros)) {
          file.seek(at);
          file.write(block);
          USED.add(at);
        }
      }
    }
  }

  @Test
  void qcow2CutShort() throws IOException {
    byte[] whole = Files.readAllBytes(qcow2);
    int answered = 0;
    for (int part = 0; part < 24; part++) {
      Path cut = folder.resolve("cut.qcow2");
      Files.write(cut, Arrays.copyOf(whole, (int) ((long) whole.length * part / 24)));
      for (int i = part % 3; i < COMMANDS.size(); i += 3) {
        Cli.Result result = survives(COMMANDS.get(i), cut, "cut to " + part + "/24");
        assertThat(result.exit()).as(COMMANDS.get(i)).isNotZero();
        assertThat(result.err()).isNotEmpty();
        answered += result.exit() == 3 && result.bytes().length > 0 ? 1 : 0;
      }
    }
    assertThat(answered).as("answers in spite of the damage").isGreaterThan(20);
  }

  @Test
  void rawDiskCutShort() throws IOException {
    Path cut = folder.resolve("cut.raw");
    Files.copy(qcow2, cut);
    try (RandomAccessFile to = new RandomAccessFile(cut.toFile(), "rw")) {
      to.setLength(0);
      to.setLength(Files.size(raw));
      try (RandomAccessFile from = new RandomAccessFile(raw.toFile(), "r")) {
        byte[] block = new byte[BLOCK_BYTES];
        for (long at : USED) {
          from.seek(at);
          from.readFully(block);
          to.seek(at);
          to.write(block);
        }
      }
      Random random = new Random(7);
      for (int round = 0; round < 12; round++) {
        long length = USED.get((USED.size() - 1) * (12 - round) / 12) + random.nextInt(BLOCK_BYTES);
        to.setLength(length);
        for (int i = round % 4; i < COMMANDS.size(); i += 4) {
          survives(COMMANDS.get(i), cut, "cut to " + length);
        }
      }
    }
  }

  @Test
  void qcow2WithTurnedBits() throws IOException {
    Random random = new Random(20261122);
    byte[] whole = Files.readAllBytes(qcow2);
    Path changed = folder.resolve("changed.qcow2");
    for (int round = 0; round < FLIPPED_DISKS; round++) {
      byte[] copy = whole.clone();
      int area = round % 2 == 0 ? 8 << 16 : copy.length;
      for (int flip = 0; flip < 1 + round % 8; flip++) {
        int at = round % 5 == 0 ? random.nextInt(112) : random.nextInt(area);
        copy[at] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(changed, copy);
      for (String command : some(random)) {
        survives(command, changed, "round " + round);
      }
    }
  }

  @Test
  void rawDiskWithTurnedBitsAndLostBlocks() throws IOException {
    Random random = new Random(20261122);
    int findings = 0;
    try (RandomAccessFile file = new RandomAccessFile(raw.toFile(), "rw")) {
      for (int round = 0; round < FLIPPED_DISKS; round++) {
        long at = round % 8 == 0 ? STATEFUL_START : USED.get(random.nextInt(USED.size()));
        byte[] sound = new byte[BLOCK_BYTES];
        file.seek(at);
        file.readFully(sound);
        byte[] damaged = damaged(sound, round, random);
        file.seek(at);
        file.write(damaged);
        for (String command : some(random)) {
          findings += survives(command, raw, "round " + round + " at " + at).exit() == 3 ? 1 : 0;
        }
        file.seek(at);
        file.write(sound);
      }
    }
    assertThat(findings).as("answers with findings").isGreaterThan(FLIPPED_DISKS / 4);
    Cli.Result healed = Cli.run("list", "containers", raw.toString());
    assertThat(healed.out()).isEqualTo(Cli.run("list", "containers", qcow2.toString()).out());
  }

  /** Some bits turned, four bytes as large as can be, the rest of the block lost, or noise. */
  private static byte[] damaged(byte[] sound, int round, Random random) {
    byte[] damaged = sound.clone();
    switch (round % 4) {
      case 0 -> {
        for (int flip = 0; flip < 8; flip++) {
          damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 1 -> {
        int word = random.nextInt(damaged.length / 4) * 4;
        Arrays.fill(damaged, word, word + 4, (byte) 0xff);
      }
      case 2 -> Arrays.fill(damaged, random.nextInt(damaged.length), damaged.length, (byte) 0);
      default -> random.nextBytes(damaged);
    }
    return damaged;
  }

  private static List<String> some(Random random) {
    List<String> some = new ArrayList<>();
    for (int i = 0; i < COMMANDS_EACH; i++) {
      some.add(COMMANDS.get(random.nextInt(COMMANDS.size())));
    }
    return some;
  }

  private static Cli.Result survives(String command, Path evidence, String damage) {
    List<String> words = List.of(command.replace("EVIDENCE", evidence.toString()).split(" "));
    String what = command + ", " + damage;
    Cli.Result result = Assertions.assertTimeoutPreemptively(LIMIT, () -> Cli.run(words), what);
    assertThat(result.exit()).as(what).isBetween(0, 3);
    assertThat(result.err())
        .as(what)
        .doesNotContain("Exception")
        .doesNotContain("fault of drydock")
        .doesNotContain("not enough memory")
        .doesNotContain("nested too deeply");
    assertThat(result.err().lines())
        .as(what)
        .allMatch(line -> line.startsWith("drydock: "))
        .allMatch(line -> line.chars().noneMatch(Character::isISOControl));
    assertThat(result.err().lines().filter(line -> !isFinding(line)))
        .as(what)
        .hasSize(result.exit() == 1 || result.exit() == 2 ? 1 : 0);
    if (result.exit() == 3) {
      assertThat(result.err()).as(what).isNotEmpty();
    }
    boolean csv = command.endsWith("csv");
    if (!command.startsWith("cat") && !command.startsWith("spec")) {
      String out = new String(result.bytes(), ISO_8859_1).replace(csv ? "\r\n" : "\n", "");
      assertThat(out.chars().noneMatch(c -> c < ' ')).as(what).isTrue();
    }
    return result;
  }

  private static boolean isFinding(String line) {
    return line.matches("drydock: (damage|missing|note): .*")
        || line.matches("drydock: \\d+ (more findings|notes? on the evidence).*");
  }
}
