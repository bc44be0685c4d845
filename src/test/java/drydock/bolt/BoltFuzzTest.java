package drydock.bolt;

import com.code_intelligence.jazzer.junit.FuzzTest;
import drydock.bytes.CorruptDataException;
import drydock.bytes.UnsupportedFormatException;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.util.Arrays;

/**
 * Any bytes are read or refused with one of our two exceptions. Without {@code JAZZER_FUZZ=1} the
 * inputs in the resources are run.
 */
class BoltFuzzTest {
  private static final int PAGE_BYTES = 1024;

  @FuzzTest(maxDuration = "2m")
  void anyBytesAreReadOrRefused(byte[] data) throws IOException {
    read(data);
  }

  /**
   * The pages are made up, under meta pages that are sound: checksums would keep the fuzzer out.
   */
  @FuzzTest(maxDuration = "2m")
  void anyPagesUnderASoundMetaPageAreRead(byte[] pages) throws IOException {
    byte[] raw = new byte[(2 + (pages.length + PAGE_BYTES - 1) / PAGE_BYTES) * PAGE_BYTES];
    byte[] meta = BoltFixtures.database("mix-1024-true");
    System.arraycopy(meta, 0, raw, 0, 2 * PAGE_BYTES);
    System.arraycopy(pages, 0, raw, 2 * PAGE_BYTES, pages.length);
    for (int page = 0; page < 2; page++) {
      int at = page * PAGE_BYTES + PageHeader.BYTES;
      putLong(raw, at + 16, 2);
      putLong(raw, at + 32, pages.length % 2 == 0 ? MetaPage.NO_FREELIST : 3);
      putLong(raw, at + 40, raw.length / PAGE_BYTES);
      putLong(raw, at + 56, Fnv64.hash(raw, at, 56));
    }
    for (int page = 2; page < raw.length / PAGE_BYTES; page++) {
      putLong(raw, page * PAGE_BYTES, page);
    }
    read(raw);
  }

  private static void putLong(byte[] raw, int at, long value) {
    for (int i = 0; i < Long.BYTES; i++) {
      raw[at + i] = (byte) (value >>> 8 * i);
    }
  }

  private static void read(byte[] data) throws IOException {
    try {
      BoltFile file = BoltFixtures.open(Arrays.copyOf(data, data.length), new FindingLog());
      BoltFixtures.dump(file);
      PageMap.of(file).forEach(page -> {});
      TreeDump.of(file, row -> {});
    } catch (CorruptDataException | UnsupportedFormatException e) {
      return;
    }
  }
}
