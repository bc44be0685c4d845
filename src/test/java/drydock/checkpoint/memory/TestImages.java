package drydock.checkpoint.memory;

import com.google.protobuf.MessageLite;
import drydock.fs.Picture;
import drydock.proto.criu.MmEntry;
import drydock.proto.criu.PagemapEntry;
import drydock.proto.criu.PagemapHead;
import drydock.proto.criu.VmaEntry;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Images of CRIU that tests make up. */
final class TestImages {
  static final int PAGE = 4096;
  static final int MM = 0x57492820;
  static final int PAGEMAP = 0x56084025;
  static final int PRIVATE = 1 | 1 << 9;
  static final int OF_FILE = 1 | 1 << 6;

  private TestImages() {}

  static Picture image(String name, int magic, List<? extends MessageLite> entries) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(word(0x54564319));
    out.writeBytes(word(magic));
    for (MessageLite entry : entries) {
      out.writeBytes(word(entry.getSerializedSize()));
      out.writeBytes(entry.toByteArray());
    }
    return Picture.file(name, out.toByteArray());
  }

  private static byte[] word(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  static Picture mm(int pid, VmaEntry... areas) {
    return image("mm-" + pid + ".img", MM, List.of(mm(areas)));
  }

  static MmEntry mm(VmaEntry... areas) {
    return MmEntry.newBuilder().addAllVmas(List.of(areas)).build();
  }

  static VmaEntry area(long start, long pages, int status) {
    return VmaEntry.newBuilder()
        .setStart(start)
        .setEnd(start + pages * PAGE)
        .setProt(3)
        .setFlags(2)
        .setStatus(status)
        .build();
  }

  static Picture pagemap(String name, int pagesId, PagemapEntry... entries) {
    List<MessageLite> all = new ArrayList<>();
    all.add(PagemapHead.newBuilder().setPagesId(pagesId).build());
    all.addAll(List.of(entries));
    return image(name, PAGEMAP, all);
  }

  static PagemapEntry pages(long address, long count, int flags) {
    return PagemapEntry.newBuilder()
        .setVaddr(address)
        .setCompatNrPages(0)
        .setNrPages(count)
        .setFlags(flags)
        .build();
  }

  /** Pages whose bytes are all the same. */
  static byte[] filled(int... values) {
    byte[] pages = new byte[values.length * PAGE];
    for (int i = 0; i < values.length; i++) {
      java.util.Arrays.fill(pages, i * PAGE, (i + 1) * PAGE, (byte) values[i]);
    }
    return pages;
  }
}
