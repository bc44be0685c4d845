package drydock.checkpoint.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import drydock.checkpoint.CheckpointFixture;
import drydock.finding.FindingLog;
import drydock.fs.Node;
import drydock.fs.Picture;
import drydock.fs.PictureTree;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Core files, read back by what the ELF specification and the kernel's headers say. */
class CoreDumpTest {
  private static final int PRSTATUS = 1;
  private static final int AUXV = 6;
  private static final int FILE = 0x46494c45;
  private static final int REGISTERS = 112;
  private static final int LOAD = 1;
  private static final int FPREGSET = 2;
  private static final int ARM_TLS = 0x401;

  private final FindingLog log = new FindingLog();

  private record Note(int type, byte[] bytes) {}

  @ParameterizedTest
  @ValueSource(strings = {"shop-1", "shop-2", "sidecar"})
  void threadsStandWhereTheKernelSawThem(String name) throws Exception {
    Memory memory = MemoryFixture.open(name, log);

    for (JsonObject process : processes(name)) {
      int pid = process.get("pid_in_container").getAsInt();
      List<Note> notes = notes(core(memory, pid));
      List<String> ours = new ArrayList<>();
      for (Note note : notes) {
        if (note.type() == PRSTATUS) {
          ByteBuffer status = little(note.bytes());
          int tid = status.getInt(32);
          long ip = status.getLong(REGISTERS + 16 * 8);
          long sp = status.getLong(REGISTERS + 19 * 8);
          ours.add(tid + " 0x" + Long.toHexString(sp) + " 0x" + Long.toHexString(ip));
        }
      }
      List<String> kernel = new ArrayList<>();
      for (JsonElement each : process.getAsJsonArray("threads")) {
        String[] words = each.getAsJsonObject().get("syscall").getAsString().split(" ");
        int tid = each.getAsJsonObject().get("tid_in_container").getAsInt();
        kernel.add(tid + " " + words[words.length - 2] + " " + words[words.length - 1]);
      }
      assertThat(ours).as(name + " " + pid).containsExactlyInAnyOrderElementsOf(kernel);
      assertThat(ours.get(0)).startsWith(pid + " ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop-1", "shop-2", "sidecar"})
  void auxiliaryVectorIsThatOfTheKernel(String name) throws Exception {
    Memory memory = MemoryFixture.open(name, log);

    for (JsonObject process : processes(name)) {
      int pid = process.get("pid_in_container").getAsInt();
      byte[] ours =
          notes(core(memory, pid)).stream()
              .filter(note -> note.type() == AUXV)
              .findFirst()
              .orElseThrow()
              .bytes();
      byte[] kernel = CheckpointFixture.truth(name, "proc/" + pid + "/auxv");

      assertThat(ours).isEqualTo(kernel);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"counter-podman", "multi-podman", "shop-1", "shop-2", "sidecar"})
  void memoryIsThatOfTheDumpAndFilesAreNamed(String name) throws Exception {
    Memory memory = MemoryFixture.open(name, log);

    for (int pid : memory.pids()) {
      AddressSpace space = memory.space(pid).orElseThrow();
      ByteBuffer core = little(core(memory, pid));
      assertThat(core.getInt(0)).isEqualTo(0x464c457f);
      assertThat(core.getShort(16)).isEqualTo((short) 4);
      assertThat(core.getShort(18)).isEqualTo((short) 62);
      long told = 0;
      int count = core.getShort(56);
      for (int i = 1; i < count; i++) {
        int at = (int) core.getLong(32) + i * 56;
        assertThat(core.getInt(at)).isEqualTo(LOAD);
        int offset = (int) core.getLong(at + 8);
        long address = core.getLong(at + 16);
        int stored = (int) core.getLong(at + 32);
        told += core.getLong(at + 40);
        assertThat(offset % 4096).isZero();
        byte[] bytes = Arrays.copyOfRange(core.array(), offset, offset + stored);
        assertThat(bytes).isEqualTo(space.known(address, stored));
      }
      long areas =
          space.areas().stream().filter(area -> !area.isMark()).mapToLong(Area::size).sum();
      assertThat(told).isEqualTo(areas);
      long files = space.areas().stream().filter(Area::isOfFile).count();
      Note named =
          notes(core.array()).stream().filter(n -> n.type() == FILE).findFirst().orElseThrow();
      assertThat(little(named.bytes()).getLong(0)).isEqualTo(files);
      List<Long> pages = new ArrayList<>();
      for (int i = 0; i < files; i++) {
        pages.add(little(named.bytes()).getLong(16 + i * 24 + 16));
      }
      assertThat(pages)
          .isEqualTo(
              space.areas().stream()
                  .filter(Area::isOfFile)
                  .map(area -> area.offset() / 4096)
                  .toList());
      String executable =
          new String(memory.executable(space).orElseThrow().path(), StandardCharsets.UTF_8);
      assertThat(new String(named.bytes(), StandardCharsets.UTF_8)).contains(executable + "\0");
    }
    assertThat(log.list()).isEmpty();
  }

  /** As {@code struct elf_prstatus} and {@code struct user_fpsimd_state} of arm64 lie there. */
  @Test
  void threadsOfAnArmMachineHaveItsRegisters() throws Exception {
    List<Picture> images = new ArrayList<>();
    ArmDump.images().forEach((name, bytes) -> images.add(Picture.file(name, bytes)));
    Node directory = PictureTree.of(images.toArray(Picture[]::new)).root();
    byte[] core = core(Memory.open(directory, List.of(), log), 1);

    assertThat(little(core).getShort(18)).isEqualTo((short) 183);
    List<Note> notes = notes(core);
    for (int tid : List.of(1, ArmDump.THREAD)) {
      Note status =
          notes.stream()
              .filter(note -> note.type() == PRSTATUS && little(note.bytes()).getInt(32) == tid)
              .findFirst()
              .orElseThrow();
      assertThat(status.bytes()).hasSize(392);
      assertThat(little(status.bytes()).getLong(24)).isEqualTo(5);
      for (int i = 0; i < 34; i++) {
        assertThat(little(status.bytes()).getLong(REGISTERS + 8 * i))
            .isEqualTo(ArmDump.register(tid, i));
      }
      int at = notes.indexOf(status);
      List<Note> own =
          notes.subList(at + 1, notes.size()).stream()
              .filter(note -> note.type() == FPREGSET || note.type() == ARM_TLS)
              .limit(2)
              .toList();
      assertThat(own.get(0).bytes()).hasSize(528);
      for (int i = 0; i < 64; i++) {
        assertThat(little(own.get(0).bytes()).getLong(8 * i))
            .isEqualTo(ArmDump.register(tid, 40 + i));
      }
      assertThat(little(own.get(0).bytes()).getInt(512)).isEqualTo(0x10);
      assertThat(little(own.get(0).bytes()).getInt(516)).isEqualTo(0x1000000);
      assertThat(little(own.get(1).bytes()).getLong(0)).isEqualTo(ArmDump.START + tid);
    }
    assertThat(log.list()).isEmpty();
  }

  private byte[] core(Memory memory, int pid) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    CoreDump.of(memory, pid, log)
        .orElseThrow()
        .write(
            new RewritableSink() {
              @Override
              public void write(byte[] bytes, int length) {
                out.write(bytes, 0, length);
              }

              @Override
              public void zeros(long length) {
                out.writeBytes(new byte[(int) length]);
              }

              @Override
              public void rewrite(byte[] bytes) {
                again.writeBytes(bytes);
              }
            },
            log);
    byte[] whole = out.toByteArray();
    System.arraycopy(again.toByteArray(), 0, whole, 0, again.size());
    return whole;
  }

  private static List<Note> notes(byte[] raw) {
    ByteBuffer core = little(raw);
    int header = (int) core.getLong(32);
    int at = (int) core.getLong(header + 8);
    int end = at + (int) core.getLong(header + 32);
    List<Note> notes = new ArrayList<>();
    while (at < end) {
      int owner = core.getInt(at);
      int size = core.getInt(at + 4);
      int from = at + 12 + (owner + 3) / 4 * 4;
      notes.add(new Note(core.getInt(at + 8), Arrays.copyOfRange(raw, from, from + size)));
      at = from + (size + 3) / 4 * 4;
    }
    return notes;
  }

  private static ByteBuffer little(byte[] raw) {
    return ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static List<JsonObject> processes(String name) throws Exception {
    List<JsonObject> found = new ArrayList<>();
    for (JsonElement each :
        JsonParser.parseString(CheckpointFixture.text(name, "processes.json")).getAsJsonArray()) {
      JsonObject process = each.getAsJsonObject();
      if (process.has("vmas") && process.getAsJsonArray("vmas").size() > 0) {
        found.add(process);
      }
    }
    return found;
  }
}
