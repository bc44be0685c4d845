package drydock.checkpoint.memory;

import com.code_intelligence.jazzer.junit.FuzzTest;
import drydock.bytes.UnsupportedFormatException;
import drydock.checkpoint.memory.search.PatternReader;
import drydock.finding.FindingLog;
import drydock.fs.Picture;
import drydock.fs.PictureTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Any images are the memory of processes, as far as they go; nothing loops or fills the heap. */
class MemoryFuzzTest {
  private static final List<String> NAMES =
      List.of(
          "mm-1.img",
          "pagemap-1.img",
          "core-1.img",
          "pstree.img",
          "files.img",
          "memfd.img",
          "pagemap-shmem-1.img",
          "remap-fpath.img",
          "pages-2.img",
          "pages-1.img");

  /** Pieces of the data, each behind a byte for its length, are the images; pages are the rest. */
  @FuzzTest(maxDuration = "2m")
  void anyImagesAreMemory(byte[] data) throws IOException {
    FindingLog log = new FindingLog();
    Memory memory = Memory.open(PictureTree.of(images(data)).root(), List.of(), log);
    PatternReader reader =
        new PatternReader(List.of(StandardCharsets.ISO_8859_1), List.of(), false);
    reader.text("a", "aa");
    reader.hex("b", "00 ?? 01");
    new MemorySearch(memory, reader.patterns(), 8, 2, log).run(Set.of(), hit -> {});
    new MemoryStrings(memory, 4, List.of(TextKind.values()), log).run(Set.of(), hit -> {});
    for (int pid : memory.pids()) {
      AddressSpace space = memory.space(pid).orElse(null);
      if (space != null) {
        space.pages();
        new StartText(space).isWhole();
        core(memory, pid, log);
      }
    }
  }

  private static Picture[] images(byte[] data) {
    Picture[] images = new Picture[NAMES.size()];
    int at = 0;
    for (int i = 0; i < images.length; i++) {
      boolean last = i + 1 == images.length;
      int from = last ? at : Math.min(at + 1, data.length);
      int most = Math.max(0, data.length - from);
      int size = last || at >= data.length ? most : Math.min(data[at] & 0xff, most);
      images[i] = Picture.file(NAMES.get(i), Arrays.copyOfRange(data, from, from + size));
      at = from + size;
    }
    return images;
  }

  private static void core(Memory memory, int pid, FindingLog log) throws IOException {
    try {
      CoreDump core = CoreDump.of(memory, pid, log).orElse(null);
      if (core != null) {
        core.write(new Nowhere(), log);
      }
    } catch (UnsupportedFormatException e) {
      return; // a processor that is none of ours
    }
  }

  /** Takes everything. */
  private static final class Nowhere implements RewritableSink {
    @Override
    public void write(byte[] bytes, int length) {}

    @Override
    public void zeros(long length) {}

    @Override
    public void rewrite(byte[] first) {}
  }
}
