package drydock.export;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Extent;
import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import drydock.fs.Entry;
import drydock.fs.FileMeta;
import drydock.fs.FileTimes;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.NodeType;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ContentTest {
  private static final Origin DISK = Origin.of("disk");
  private static final int BLOCK = 4096;

  private final FindingLog log = new FindingLog();

  /** Blocks of ones, of which letters say what they are: data, hole, bad; each on its own. */
  private record Source(String blocks, long size) implements ByteSource {
    @Override
    public Origin origin() {
      return DISK.child("inode 11");
    }

    @Override
    public void read(long position, byte[] into, int offset, int length) throws IOException {
      checkRange(position, length);
      for (long at = position; at < position + length; at++) {
        if (blocks.charAt((int) (at / BLOCK)) == 'b') {
          throw new CorruptDataException(origin(), at, "bad");
        }
      }
      Arrays.fill(into, offset, offset + length, (byte) 1);
    }

    @Override
    public long nextData(long position) {
      return next(position, false);
    }

    @Override
    public long nextHole(long position) {
      return next(position, true);
    }

    private long next(long position, boolean hole) {
      long at = position;
      while (at < size && (blocks.charAt((int) (at / BLOCK)) == 'h') != hole) {
        at = (at / BLOCK + 1) * BLOCK;
      }
      return Math.min(at, size);
    }

    /** Backwards on the disk, so that no two blocks touch. */
    @Override
    public Extent extentAt(long position) {
      long block = position / BLOCK;
      long from = position % BLOCK;
      return new Extent(DISK, (1000 - block) * BLOCK + from, BLOCK - from);
    }
  }

  private record Stub(ByteSource content) implements Node {
    @Override
    public FileMeta meta() {
      return new FileMeta(11, NodeType.FILE, 0, 0, 0, 0, 1, null, FileTimes.NONE);
    }

    @Override
    public List<Entry> list() {
      return List.of();
    }

    @Override
    public byte[] linkTarget() {
      return new byte[0];
    }

    @Override
    public SortedMap<Name, byte[]> attributes() {
      return Collections.unmodifiableSortedMap(new TreeMap<>());
    }

    @Override
    public Origin origin() {
      return DISK.child("inode 11");
    }
  }

  private Content content(String blocks, long size, long metaSize) throws IOException {
    FileMeta meta = new FileMeta(11, NodeType.FILE, 0, 0, 0, metaSize, 1, null, FileTimes.NONE);
    return Content.of(new Stub(new Source(blocks, size)), meta, Long.MAX_VALUE, log);
  }

  @Test
  void dataAreWhatLiesBetweenHoles() throws IOException {
    Content content = content("hddhhdh", 7 * BLOCK - 5, 7 * BLOCK - 5);
    assertThat(content.data())
        .containsExactly(new TreeSink.Data(BLOCK, 2 * BLOCK), new TreeSink.Data(5 * BLOCK, BLOCK));
    assertThat(content.bytes()).isEqualTo(3 * BLOCK);
  }

  @Test
  void everyPieceSaysWhereItLies() throws IOException {
    Content content = content("dhdd", 3 * BLOCK + 1, 3 * BLOCK + 1);
    assertThat(content.pieces())
        .containsExactly(
            new Exported.Piece(0, new Extent(DISK, 1000 * BLOCK, BLOCK)),
            new Exported.Piece(2 * BLOCK, new Extent(DISK, 998 * BLOCK, BLOCK)),
            new Exported.Piece(3 * BLOCK, new Extent(DISK, 997 * BLOCK, 1)));
  }

  @Test
  void whatCannotBeReadIsZerosToTheBlockAndToldAsOneRange() throws IOException {
    Content content = content("dbbdb", 5 * BLOCK, 5 * BLOCK);
    byte[] bytes = new byte[5 * BLOCK];
    content.read(0, bytes, 0, bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      int block = i / BLOCK;
      assertThat(bytes[i]).isEqualTo((byte) (block == 0 || block == 3 ? 1 : 0));
    }
    assertThat(content.unread())
        .containsExactly(new TreeSink.Data(BLOCK, 2 * BLOCK), new TreeSink.Data(4 * BLOCK, BLOCK));
    assertThat(log.list()).hasSize(2);
  }

  @Test
  void piecesThatDoNotBeginWithABlockAreReadBlockByBlockAllTheSame() throws IOException {
    Content content = content("db", 2 * BLOCK, 2 * BLOCK);
    byte[] bytes = new byte[2 * BLOCK - 100];
    Arrays.fill(bytes, (byte) 9);
    content.read(100, bytes, 0, bytes.length);
    assertThat(bytes[BLOCK - 101]).isEqualTo((byte) 1);
    assertThat(bytes[BLOCK - 100]).isZero();
    assertThat(content.unread()).containsExactly(new TreeSink.Data(BLOCK, BLOCK));
  }

  @Test
  void aContentShorterThanItsFileIsUnreadAtTheEnd() throws IOException {
    Content content = content("d", 100, 1000);
    assertThat(content.data()).containsExactly(new TreeSink.Data(0, 100));
    assertThat(content.unread()).containsExactly(new TreeSink.Data(100, 900));
    assertThat(content.size()).isEqualTo(1000);
  }

  @Test
  void aContentLongerThanItsFileIsCut() throws IOException {
    Content content = content("dd", 2 * BLOCK, 10);
    assertThat(content.data()).containsExactly(new TreeSink.Data(0, 10));
    assertThat(content.unread()).isEmpty();
  }
}
