package drydock.checkpoint.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import drydock.bytes.ArraySource;
import drydock.bytes.Origin;
import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.CheckpointFixture;
import drydock.checkpoint.criu.Dump;
import drydock.checkpoint.executable.Carving;
import drydock.checkpoint.executable.Executable;
import drydock.checkpoint.executable.Executables;
import drydock.checkpoint.executable.FileContents;
import drydock.checkpoint.executable.FileSource;
import drydock.finding.FindingLog;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Executables put together, beside those that the kernel showed and those that tests make up. */
class CarvingTest {
  private static final int PAGE = 4096;
  private static final int SIZE = 3 * PAGE + 100;
  private static final int DATA_SIZE = 0x500;

  private final FindingLog log = new FindingLog();

  private static final class Sink implements MemorySink {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Override
    public void write(byte[] bytes, int length) {
      out.write(bytes, 0, length);
    }

    @Override
    public void zeros(long length) {
      out.writeBytes(new byte[(int) length]);
    }
  }

  private byte[] bytes(Carving carving) throws Exception {
    Sink sink = new Sink();
    Carving.Written written = carving.write(sink, log);
    assertThat(written.sha256()).isEqualTo(sha256(sink.out.toByteArray()));
    return sink.out.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({"shop-1,8,GHOST", "shop-2,8,GHOST", "shop-2,53,ROOT_CHANGES"})
  void filesAreThoseOfTheKernelAndMemoryIsThatOfTheProcess(String name, int pid, FileSource source)
      throws Exception {
    Executable executable = executables(name).of(pid).orElseThrow();
    JsonObject truth = process(name, pid);

    byte[] original = bytes(Carving.original(executable, log).orElseThrow());
    assertThat(sha256(original)).isEqualTo(truth.get("exe_sha256").getAsString());
    assertThat(original).hasSize(truth.get("exe_size").getAsInt());
    assertThat(executable.source()).isEqualTo(source);
    assertThat(executable.isDeleted()).isEqualTo(source == FileSource.GHOST);

    Carving carving = Carving.asItRan(executable, log).orElseThrow();
    byte[] carved = bytes(carving);
    Carving.Written written = carving.write(new Sink(), log);
    assertThat(carving.missing()).isZero();
    assertThat(carving.ofMemory() + carving.ofFile()).isEqualTo(original.length);
    long differing =
        IntStream.range(0, carved.length).filter(i -> carved[i] != original[i]).count();
    assertThat(written.changed()).isEqualTo(differing).isPositive();
    assertThat(written.changedCode()).isZero();
    assertThat(areasShownBy(carved, original, executable, truth)).isEqualTo(4);
    assertThat(log.list()).isEmpty();
  }

  /** Each area of the file is the same as /proc/PID/mem had it, when made of what was carved. */
  private static int areasShownBy(
      byte[] carved, byte[] original, Executable executable, JsonObject truth) throws Exception {
    MemoryLayout layout = executable.space().layout();
    int count = 0;
    for (JsonElement each : truth.getAsJsonArray("vmas")) {
      JsonObject area = each.getAsJsonObject();
      if (area.get("ino").getAsLong() == 0 || !area.get("perms").getAsString().endsWith("p")) {
        continue;
      }
      long start = Long.parseLong(area.get("start").getAsString(), 16);
      int size = (int) (Long.parseLong(area.get("end").getAsString(), 16) - start);
      int offset = Integer.parseInt(area.get("offset").getAsString(), 16);
      boolean isData = start <= layout.startData() && layout.startData() < start + size;
      byte[] shown = Arrays.copyOfRange(isData ? carved : original, offset, offset + size);
      if (isData) {
        int end = (int) (layout.endData() - start);
        byte[] rest = executable.space().known(start + end, size - end);
        System.arraycopy(rest, 0, shown, end, rest.length);
      } else if (area.get("perms").getAsString().equals("r-xp")) {
        shown = Arrays.copyOfRange(carved, offset, offset + size);
      }
      assertThat(sha256(shown)).as("area at " + offset).isEqualTo(area.get("sha256").getAsString());
      count++;
    }
    return count;
  }

  @Test
  void whatIsNowhereIsNamedAndZeros() throws Exception {
    Executable executable = executables("shop-1").of(1).orElseThrow();
    Carving carving = Carving.asItRan(executable, log).orElseThrow();
    byte[] carved = bytes(carving);

    assertThat(carving.hasHeaders()).isFalse();
    assertThat(carved).hasSize(process("shop-1", 1).get("exe_size").getAsInt());
    assertThat(carving.gaps().stream().mapToLong(Carving.Gap::length).sum())
        .isEqualTo(carving.missing())
        .isEqualTo(carved.length - carving.ofMemory());
    assertThat(carving.gaps()).contains(new Carving.Gap(0, PAGE));
    for (Carving.Gap gap : carving.gaps()) {
      int from = (int) gap.offset();
      byte[] nothing = Arrays.copyOfRange(carved, from, from + (int) gap.length());
      assertThat(nothing).containsOnly(0);
    }
    // the same program, whose bytes a deleted copy of it tells
    byte[] other =
        bytes(Carving.original(executables("shop-1").of(8).orElseThrow(), log).orElseThrow());
    assertThat(Arrays.copyOfRange(carved, PAGE, 2 * PAGE))
        .isEqualTo(Arrays.copyOfRange(other, PAGE, 2 * PAGE));
    assertThat(Carving.original(executable, log)).isEmpty();
    assertThat(log.list()).isNotEmpty();
  }

  @Test
  void withoutChangedPagesItIsTheFile() throws Exception {
    byte[] file = elf();
    Carving carving = Carving.asItRan(executable(file, null), log).orElseThrow();

    assertThat(bytes(carving)).isEqualTo(file);
    assertThat(carving.hasHeaders()).isTrue();
    assertThat(carving.ofMemory()).isZero();
    assertThat(log.list()).isEmpty();
  }

  @Test
  void dumpedPagesCountAndWhatFollowsTheDataInTheirPageDoesNot() throws Exception {
    byte[] file = elf();
    byte[] memory = Arrays.copyOf(file, 3 * PAGE);
    memory[PAGE + 7] ^= 1;
    Arrays.fill(memory, 2 * PAGE, 3 * PAGE, (byte) 0x55);
    Carving carving = Carving.asItRan(executable(file, memory), log).orElseThrow();
    byte[] carved = bytes(carving);

    byte[] wanted = file.clone();
    wanted[PAGE + 7] ^= 1;
    Arrays.fill(wanted, 2 * PAGE, 2 * PAGE + DATA_SIZE, (byte) 0x55);
    assertThat(carved).isEqualTo(wanted);
    assertThat(carving.write(new Sink(), log).changedCode()).isEqualTo(1);
    long differing = IntStream.range(0, SIZE).filter(i -> carved[i] != file[i]).count();
    assertThat(carving.write(new Sink(), log).changed())
        .isEqualTo(differing)
        .isGreaterThan(DATA_SIZE / 2);
  }

  @Test
  void headersInMemoryDoWithoutAFile() throws Exception {
    byte[] file = elf();
    byte[] memory = Arrays.copyOf(file, 3 * PAGE);
    Executable executable = executable(file, memory);
    Executable alone =
        new Executable(executable.space(), null, null, true, (long) SIZE, FileSource.MEMORY, null);
    Carving carving = Carving.asItRan(alone, log).orElseThrow();

    assertThat(carving.hasHeaders()).isTrue();
    assertThat(carving.gaps())
        .containsExactly(new Carving.Gap(2 * PAGE + DATA_SIZE, SIZE - 2 * PAGE - DATA_SIZE));
    byte[] carved = bytes(carving);
    assertThat(Arrays.copyOf(carved, 2 * PAGE + DATA_SIZE))
        .isEqualTo(Arrays.copyOf(file, 2 * PAGE + DATA_SIZE));
  }

  @Test
  void withoutHeadersAreasTellItAndTheDataOfAPageThatTwoShareAreThoseOfTheSecond()
      throws Exception {
    byte[] memory = new byte[4 * PAGE];
    new Random(2).nextBytes(memory);
    Origin origin = Origin.of("made up");
    List<Area> areas =
        List.of(
            new Area(0, 3 * PAGE, 0, 9, 5, 2, 65, null, AreaKind.FILE),
            new Area(3 * PAGE, 4 * PAGE, 2 * PAGE, 9, 3, 2, 65, null, AreaKind.FILE));
    long data = 3 * PAGE + 0x200;
    MemoryLayout layout =
        new MemoryLayout(0, 0, data, data + 0x300, 0, 0, 0, 0, 0, 0, 0, 9, List.of());
    PageStore own = PageStore.of(new ArraySource(memory, origin));
    AddressSpace space = new AddressSpace(1, layout, areas, own, Map.of(), origin);
    Executable alone =
        new Executable(space, null, null, true, (long) SIZE, FileSource.MEMORY, null);
    Carving carving = Carving.asItRan(alone, log).orElseThrow();

    int end = 2 * PAGE + 0x500;
    byte[] wanted = Arrays.copyOf(Arrays.copyOf(memory, 2 * PAGE + 0x200), SIZE);
    System.arraycopy(memory, (int) data, wanted, 2 * PAGE + 0x200, 0x300);
    assertThat(bytes(carving)).isEqualTo(wanted);
    assertThat(carving.hasHeaders()).isFalse();
    assertThat(carving.gaps()).containsExactly(new Carving.Gap(end, SIZE - end));
  }

  @Test
  void lyingHeadersNeverMakeItLarger() throws Exception {
    byte[] file = elf();
    Random random = new Random(7);
    for (int round = 0; round < 3000; round++) {
      byte[] broken = file.clone();
      for (int i = 0; i <= round % 5; i++) {
        int at = 4 + random.nextInt(64 + 3 * 56 - 4);
        broken[at] = (byte) (random.nextBoolean() ? 0xff : random.nextInt());
      }
      byte[] memory = Arrays.copyOf(broken, 2 * PAGE);
      Carving carving =
          Carving.asItRan(executable(broken, round % 2 == 0 ? null : memory), log).orElseThrow();
      assertThat(bytes(carving)).hasSize(file.length);
      assertThat(carving.ofMemory() + carving.ofFile()).isEqualTo(file.length);
    }
    Executable huge =
        new Executable(
            executable(file, null).space(), null, null, true, 1L << 60, FileSource.MEMORY, null);
    assertThat(Carving.asItRan(huge, log)).isEmpty();
    assertThat(log.list()).isNotEmpty();
  }

  /** Three segments: headers, code, and data that end inside of their page; then other bytes. */
  private static byte[] elf() {
    byte[] file = new byte[SIZE];
    new Random(1).nextBytes(file);
    ByteBuffer out = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    out.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0});
    out.putLong(24, PAGE).putLong(32, 64).putShort(54, (short) 56).putShort(56, (short) 3);
    segment(out, 0, 4, 0, PAGE);
    segment(out, 1, 5, PAGE, PAGE);
    segment(out, 2, 6, 2 * PAGE, DATA_SIZE);
    return file;
  }

  private static void segment(ByteBuffer out, int index, int flags, long offset, long size) {
    int at = 64 + index * 56;
    out.putInt(at, 1).putInt(at + 4, flags);
    out.putLong(at + 8, offset).putLong(at + 16, offset).putLong(at + 24, offset);
    out.putLong(at + 32, size).putLong(at + 40, size).putLong(at + 48, PAGE);
  }

  /** A process that maps the file from address 0 on, and the pages that were dumped of it. */
  private static Executable executable(byte[] file, byte @Nullable [] memory) {
    Origin origin = Origin.of("made up");
    PageStore own = memory == null ? null : PageStore.of(new ArraySource(memory, origin));
    List<Area> areas =
        LongStream.range(0, 3)
            .mapToObj(
                i ->
                    new Area(i * PAGE, i * PAGE + PAGE, i * PAGE, 9, 5, 2, 65, null, AreaKind.FILE))
            .toList();
    MemoryLayout layout =
        new MemoryLayout(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9, List.of(9L, (long) PAGE));
    AddressSpace space = new AddressSpace(1, layout, areas, own, Map.of(), origin);
    return new Executable(
        space, null, null, true, null, FileSource.GHOST, new ArraySource(file, origin));
  }

  private Executables executables(String name) throws Exception {
    byte[] raw = Files.readAllBytes(CheckpointFixture.archive(name));
    Checkpoint checkpoint = Checkpoint.open(new ArraySource(raw, Origin.of(name)), log).get(0);
    var images = checkpoint.images().orElseThrow();
    Memory memory = Memory.open(images, checkpoint.parents(), log);
    FileContents files = new FileContents(checkpoint, Dump.open(images, log), null, null, log);
    return new Executables(files, memory);
  }

  private static JsonObject process(String name, int pid) throws Exception {
    String json = CheckpointFixture.text(name, "processes.json");
    for (JsonElement each : JsonParser.parseString(json).getAsJsonArray()) {
      if (each.getAsJsonObject().get("pid_in_container").getAsInt() == pid) {
        return each.getAsJsonObject();
      }
    }
    throw new AssertionError("no process " + pid);
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
