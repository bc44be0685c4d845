package drydock.checkpoint.memory;

import drydock.bytes.ByteSource;
import drydock.bytes.LittleEndian;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import java.io.IOException;

/**
 * Pages as CRIU 0.4 and before wrote them, without a map: behind the magic number, each page with
 * its address before it.
 */
final class OldPages {
  private static final int MAGIC = 0x56084025;
  private static final int ADDRESS = Long.BYTES;

  private OldPages() {}

  static boolean looksLike(ByteSource image) throws IOException {
    return image.size() >= Integer.BYTES
        && LittleEndian.i32(image.bytes(0, Integer.BYTES), 0) == MAGIC;
  }

  static PageStore read(ByteSource image, int pageSize, int room, FindingLog log)
      throws IOException {
    PageMapBuilder map = new PageMapBuilder(pageSize, room, image.origin(), log);
    long at = Integer.BYTES;
    for (; image.size() - at >= ADDRESS + pageSize; at += ADDRESS + pageSize) {
      map.add(LittleEndian.i64(image.bytes(at, ADDRESS), 0), at + ADDRESS, at);
    }
    if (at != image.size()) {
      log.add(Finding.damage(image.origin(), at, "an image of pages ends inside of a page"));
    }
    return new PageStore(map.build(), image, null);
  }
}
