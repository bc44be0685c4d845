package drydock.fs.tar;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The maps of sparse files in their four forms: GNU's own in the header and blocks behind it, and
 * three of pax: in records (0.0 and 0.1) and in front of the content (1.0).
 *
 * <p>Sources: GNU tar manual, "Storing Sparse Files"; Go {@code src/archive/tar/reader.go}.
 */
final class SparseReader {
  private static final int OLD_PIECES = 386;
  private static final int OLD_COUNT = 4;
  private static final int OLD_MORE = 482;
  private static final int OLD_SIZE = 483;
  private static final int MORE_COUNT = 21;
  private static final int MORE_MORE = 504;
  private static final int NUMBER_BYTES = 12;

  private final Origin origin;
  private final long at;
  private final SparseMap.Builder map;

  /** Gives the next block of the archive. */
  @FunctionalInterface
  interface Blocks {
    /** Null where it ends. */
    byte @Nullable [] next() throws IOException;
  }

  SparseReader(Origin origin, long at) {
    this.origin = origin;
    this.at = at;
    this.map = new SparseMap.Builder(origin, at);
  }

  /** GNU's own form: the header, and more blocks of pieces before the content. */
  SparseMap old(byte[] header, Blocks blocks) throws IOException {
    long size = TarHeader.number(header, OLD_SIZE, NUMBER_BYTES, origin, at);
    pieces(header, OLD_PIECES, OLD_COUNT);
    boolean more = header[OLD_MORE] != 0;
    while (more) {
      byte[] block = blocks.next();
      if (block == null) {
        throw map.fault("its end", "a block of pieces");
      }
      pieces(block, 0, MORE_COUNT);
      more = block[MORE_MORE] != 0;
    }
    return map.of(size);
  }

  private void pieces(byte[] block, int from, int count) throws CorruptDataException {
    for (int i = 0; i < count; i++) {
      int piece = from + i * 2 * NUMBER_BYTES;
      if (block[piece] == 0) {
        return;
      }
      map.add(
          TarHeader.number(block, piece, NUMBER_BYTES, origin, at),
          TarHeader.number(block, piece + NUMBER_BYTES, NUMBER_BYTES, origin, at));
    }
  }

  /** In records: numbers that tell starts and lengths in turn. */
  SparseMap records(List<String> numbers, long size) throws CorruptDataException {
    for (int i = 0; i + 1 < numbers.size(); i += 2) {
      map.add(number(numbers.get(i)), number(numbers.get(i + 1)));
    }
    return map.of(size);
  }

  /** In front of the content: lines of digits in whole blocks, their count first. */
  SparseMap before(Blocks blocks, long size) throws IOException {
    Lines lines = new Lines(blocks);
    long count = lines.next();
    for (long i = 0; i < count; i++) {
      long start = lines.next();
      map.add(start, lines.next());
    }
    return map.of(size);
  }

  private long number(String digits) throws CorruptDataException {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw map.fault(digits, "a number");
    }
  }

  /** Lines in blocks. */
  private final class Lines {
    private final Blocks blocks;
    private byte[] block = new byte[0];
    private int position;

    Lines(Blocks blocks) {
      this.blocks = blocks;
    }

    long next() throws IOException {
      StringBuilder digits = new StringBuilder();
      while (true) {
        if (position == block.length) {
          byte[] read = blocks.next();
          if (read == null) {
            throw map.fault("its end", "a line of digits");
          }
          block = read;
          position = 0;
        }
        char c = (char) (block[position++] & 0xff);
        if (c == '\n') {
          return number(digits.toString());
        }
        if (c < '0' || c > '9' || digits.length() > 18) {
          throw map.fault(String.valueOf(c), "a line of digits");
        }
        digits.append(c);
      }
    }
  }
}
