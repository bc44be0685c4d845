package drydock.checkpoint.memory;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import drydock.proto.criu.CoreEntry;
import drydock.proto.criu.InventoryEntry;
import drydock.proto.criu.MmEntry;
import drydock.proto.criu.PagemapEntry;
import drydock.proto.criu.PagemapHead;
import drydock.proto.criu.PstreeEntry;
import drydock.proto.criu.TaskCoreEntry;
import drydock.proto.criu.ThreadCoreEntry;
import drydock.proto.criu.ThreadInfoAarch64;
import drydock.proto.criu.UserAarch64FpsimdContextEntry;
import drydock.proto.criu.UserAarch64RegsEntry;
import drydock.proto.criu.VmaEntry;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The images of a made-up process of an aarch64 machine: two threads, of each a number in every
 * register that no other register has, and two pages of memory.
 */
public final class ArmDump {
  public static final int THREAD = 7;
  public static final long START = 0xaaaab0000000L;
  public static final long STACK = 0xffffe0000000L;
  public static final String SECRET = "SECRET=of-the-arm-process";

  /** Where the secret is. */
  public static final long AT = START + 0x123;

  private static final int PAGE = 4096;
  private static final int PRIVATE = 1 | 1 << 9;

  private ArmDump() {}

  /** What is in a register of a thread: 31 is sp, 32 is pc, 33 is pstate; from 40 on vectors. */
  public static long register(int tid, int number) {
    return switch (number) {
      case 31 -> STACK + 0x100L * tid;
      case 32 -> START + 0x10L * tid;
      case 33 -> 0x60000000L;
      default -> 0x1100220000000000L + tid * 0x1000L + number;
    };
  }

  /** Its images by name. */
  public static Map<String, byte[]> images() {
    Map<String, byte[]> images = new TreeMap<>();
    images.put(
        "inventory.img",
        image(
            0x58313116, InventoryEntry.newBuilder().setImgVersion(2).setFdinfoPerId(true).build()));
    images.put(
        "pstree.img",
        image(
            0x50273030,
            PstreeEntry.newBuilder().setPid(1).addThreads(1).addThreads(THREAD).build()));
    images.put("core-1.img", image(0x55053847, core(1)));
    images.put("core-" + THREAD + ".img", image(0x55053847, core(THREAD)));
    images.put("mm-1.img", image(0x57492820, memory()));
    images.put("pagemap-1.img", image(0x56084025, head(), page(START), page(STACK)));
    byte[] pages = new byte[2 * PAGE];
    byte[] secret = SECRET.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(secret, 0, pages, (int) (AT - START), secret.length);
    images.put("pages-1.img", pages);
    return images;
  }

  private static CoreEntry core(int tid) {
    UserAarch64RegsEntry.Builder general = UserAarch64RegsEntry.newBuilder();
    for (int i = 0; i < 31; i++) {
      general.addRegs(register(tid, i));
    }
    general.setSp(register(tid, 31)).setPc(register(tid, 32)).setPstate(register(tid, 33));
    UserAarch64FpsimdContextEntry.Builder vectors = UserAarch64FpsimdContextEntry.newBuilder();
    for (int i = 0; i < 64; i++) {
      vectors.addVregs(register(tid, 40 + i));
    }
    ThreadInfoAarch64 info =
        ThreadInfoAarch64.newBuilder()
            .setClearTidAddr(0)
            .setTls(START + tid)
            .setGpregs(general)
            .setFpsimd(vectors.setFpsr(0x10).setFpcr(0x1000000))
            .build();
    CoreEntry.Builder core =
        CoreEntry.newBuilder()
            .setMtype(CoreEntry.March.AARCH64)
            .setTiAarch64(info)
            .setThreadCore(ThreadCoreEntry.newBuilder().setBlkSigset(5));
    if (tid == 1) {
      core.setTc(
          TaskCoreEntry.newBuilder().setTaskState(1).setComm(ByteString.copyFromUtf8("arm")));
    }
    return core.build();
  }

  private static MmEntry memory() {
    return MmEntry.newBuilder()
        .setMmStartCode(START)
        .setMmEndCode(START + PAGE)
        .setMmStartStack(STACK)
        // AT_PAGESZ
        .addAllMmSavedAuxv(List.of(6L, (long) PAGE, 0L, 0L))
        .addVmas(area(START, 5))
        .addVmas(area(STACK, 3))
        .build();
  }

  private static VmaEntry area(long start, int protection) {
    return VmaEntry.newBuilder()
        .setStart(start)
        .setEnd(start + PAGE)
        .setProt(protection)
        .setFlags(0x22)
        .setStatus(PRIVATE)
        .build();
  }

  private static PagemapHead head() {
    return PagemapHead.newBuilder().setPagesId(1).build();
  }

  private static PagemapEntry page(long address) {
    return PagemapEntry.newBuilder().setVaddr(address).setCompatNrPages(1).setFlags(4).build();
  }

  private static byte[] image(int magic, MessageLite... entries) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(word(0x54564319));
    out.writeBytes(word(magic));
    for (MessageLite entry : entries) {
      out.writeBytes(word(entry.getSerializedSize()));
      out.writeBytes(entry.toByteArray());
    }
    return out.toByteArray();
  }

  private static byte[] word(int value) {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }
}
