package drydock.checkpoint.memory;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.ArraySource;
import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.checkpoint.memory.search.PatternReader;
import drydock.checkpoint.memory.search.PatternScan;
import drydock.checkpoint.memory.search.PatternSet;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is found does not depend on how memory is cut, and in which order it is searched. */
class ChunkSearchTest {
  private static final Origin ORIGIN = Origin.of("test");

  /** Memory from one gap to the next. */
  private static final class Stretch {
    final long base;
    final byte[] bytes;
    final BitSet own = new BitSet();

    Stretch(long base, byte[] bytes) {
      this.base = base;
      this.bytes = bytes;
    }

    boolean isOwn(int from, int to) {
      int next = own.nextSetBit(from);
      return next >= 0 && next < to;
    }
  }

  @Test
  void findsWhatLooksAtEveryByte() throws Exception {
    Random random = new Random(3);
    for (int round = 0; round < 150; round++) {
      List<Stretch> stretches = stretches(random);
      PatternReader reader =
          new PatternReader(
              List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE),
              List.of(StandardCharsets.UTF_8),
              false);
      reader.text("t", List.of("a", "ab", "ba\0", "abcab").get(random.nextInt(4)));
      reader.hex("h", "6? 61 ??");
      String expression = List.of("[ab]c+", "abc?", "\\bca+", "b.{0,40}c").get(random.nextInt(4));
      reader.expression("e", expression);

      List<String> found = found(reader.patterns(), stretches, random);

      assertThat(found).as("round " + round).isEqualTo(tried(reader.patterns(), stretches));
    }
  }

  private static List<Stretch> stretches(Random random) {
    List<Stretch> all = new ArrayList<>();
    long address = random.nextBoolean() ? 0x1000 : -(1L << 40);
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      byte[] bytes = new byte[1 + random.nextInt(30_000)];
      for (int k = 0; k < bytes.length; k++) {
        bytes[k] = (byte) "aabbc\0\0 ".charAt(random.nextInt(8));
      }
      Stretch stretch = new Stretch(address, bytes);
      for (int at = 0; at < bytes.length; ) {
        int length = Math.min(bytes.length - at, 1 + random.nextInt(random.nextInt(6_000) + 1));
        stretch.own.set(at, at + length, random.nextInt(4) > 0);
        at += length;
      }
      all.add(stretch);
      address += bytes.length + 1 + random.nextInt(5_000);
    }
    return all;
  }

  private static List<String> found(PatternSet set, List<Stretch> stretches, Random random)
      throws IOException {
    int size = 1 + random.nextInt(9_000);
    int overlap = set.overlap();
    List<String> found = new ArrayList<>();
    ChunkSearch search =
        new ChunkSearch(
            new PatternScan(set),
            StretchChunks.BEFORE + size + 2 * overlap,
            new FindingLog(),
            (chunk, pattern, address, buffer, from, to) ->
                found.add(line(pattern, address, Arrays.copyOfRange(buffer, from, to))));
    List<SearchChunk> chunks = new ArrayList<>();
    AddressSpace space =
        AddressSpace.of(PageStore.of(new ArraySource(new byte[0], ORIGIN)), ORIGIN);
    StretchChunks cut =
        new StretchChunks(
            new MemoryVisit.Visited(space, null, null, address -> List.of()),
            size,
            overlap,
            0,
            chunks::add);
    for (Stretch stretch : stretches) {
      walk(stretch, cut, random);
    }
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < chunks.size(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, random);
    ChunkSearch.Searched[] done = new ChunkSearch.Searched[chunks.size()];
    for (int i : order) {
      done[i] = search.search(chunks.get(i));
    }
    for (ChunkSearch.Searched each : done) {
      search.tell(each);
    }
    return found;
  }

  private static void walk(Stretch stretch, AddressSpace.Walker walker, Random random)
      throws IOException {
    byte[] shifted = new byte[stretch.bytes.length + 7];
    System.arraycopy(stretch.bytes, 0, shifted, 7, stretch.bytes.length);
    ByteSource source = new ArraySource(shifted, ORIGIN);
    for (int at = 0; at < stretch.bytes.length; ) {
      boolean isOwn = stretch.own.get(at);
      int end = isOwn ? stretch.own.nextClearBit(at) : stretch.own.nextSetBit(at);
      end = end < 0 ? stretch.bytes.length : Math.min(end, stretch.bytes.length);
      int length = Math.min(end - at, 1 + random.nextInt(5_000));
      walker.piece(
          new Piece(PieceKind.DUMPED, stretch.base + at, length, source, at + 7, 0), isOwn);
      at += length;
    }
    walker.gap();
  }

  private static List<String> tried(PatternSet set, List<Stretch> stretches) {
    List<String> all = new ArrayList<>();
    for (Stretch stretch : stretches) {
      List<int[]> found = new ArrayList<>();
      byte[] bytes = stretch.bytes;
      for (int at = 0; at < bytes.length; at++) {
        for (int p = 0; p < set.literals().size(); p++) {
          if (isAt(set, p, bytes, at) && !isShifted(set, p, stretch, at)) {
            found.add(new int[] {at, p, at + set.literals().get(p).length()});
          }
        }
      }
      Pattern pattern = set.expressions().get(0).pattern();
      Matcher matcher = pattern.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
      while (matcher.find()) {
        found.add(new int[] {matcher.start(), set.literals().size(), matcher.end()});
      }
      found.sort(Arrays::compare);
      for (int[] each : found) {
        if (stretch.isOwn(each[0], each[2])) {
          byte[] match = Arrays.copyOfRange(bytes, each[0], each[2]);
          all.add(line(each[1], stretch.base + each[0], match));
        }
      }
    }
    return all;
  }

  private static boolean isAt(PatternSet set, int p, byte[] bytes, int at) {
    int length = set.literals().get(p).length();
    if (at < 0 || at + length > bytes.length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (!set.literals().get(p).places().get(i).get(bytes[at + i] & 0xff)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the other order of bytes counts, which begins at an even address. */
  private static boolean isShifted(PatternSet set, int p, Stretch stretch, int at) {
    String encoding = set.encoding(p);
    if (!encoding.startsWith("UTF-16") || (stretch.base + at) % 2 == 0) {
      return false;
    }
    boolean isBig = encoding.equals("UTF-16BE");
    for (int q = 0; q < set.literals().size(); q++) {
      if (set.encoding(q).equals(isBig ? "UTF-16LE" : "UTF-16BE")
          && isAt(set, q, stretch.bytes, isBig ? at + 1 : at - 1)) {
        return true;
      }
    }
    return false;
  }

  private static String line(int pattern, long address, byte[] match) {
    return pattern
        + " "
        + Long.toHexString(address)
        + " "
        + new String(match, StandardCharsets.ISO_8859_1);
  }

  /** Of damage only the pages are left out that it is in; what is beside it is found. */
  @Test
  void pagesThatCannotBeReadAreLeftOut() throws IOException {
    byte[] bytes = new byte[40_000];
    Arrays.fill(bytes, (byte) '.');
    byte[] word = "needle".getBytes(StandardCharsets.US_ASCII);
    for (int at : List.of(4090, 8186, 8192, 12_280, 12_288, 20_000)) {
      System.arraycopy(word, 0, bytes, at, word.length);
    }
    ArraySource whole = new ArraySource(bytes, ORIGIN);
    ByteSource damaged = new Damaged(whole, 8192);
    PatternReader reader =
        new PatternReader(List.of(StandardCharsets.UTF_8), List.of(StandardCharsets.UTF_8), false);
    reader.text("t", "needle");
    FindingLog log = new FindingLog();
    List<Long> found = new ArrayList<>();
    ChunkSearch search =
        new ChunkSearch(
            new PatternScan(reader.patterns()),
            100_000,
            log,
            (chunk, pattern, address, buffer, from, to) -> found.add(address - 0x7000));
    AddressSpace space = AddressSpace.of(PageStore.of(whole), ORIGIN);
    StretchChunks cut =
        new StretchChunks(
            new MemoryVisit.Visited(space, null, null, address -> List.of()),
            5_000,
            5,
            0,
            chunk -> search.tell(search.search(chunk)));

    cut.piece(new Piece(PieceKind.DUMPED, 0x7000, bytes.length, damaged, 0, 0), true);
    cut.gap();

    // the page from 8192 to 12288 is lost, and with it what reaches into it
    assertThat(found).containsExactly(4090L, 8186L, 12_288L, 20_000L);
    assertThat(log.list()).hasSize(1);
  }

  /** Cannot be read in one page. */
  private record Damaged(ByteSource whole, long broken) implements ByteSource {
    @Override
    public long size() {
      return whole.size();
    }

    @Override
    public Origin origin() {
      return whole.origin();
    }

    @Override
    public void read(long position, byte[] into, int offset, int length) throws IOException {
      if (position < broken + 4096 && broken < position + length) {
        throw new CorruptDataException(origin(), broken, "broken");
      }
      whole.read(position, into, offset, length);
    }
  }
}
