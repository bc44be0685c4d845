package drydock.fs.ext4.journal;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.ArraySource;
import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import drydock.ksy.Jbd2BlockHeader;
import drydock.ksy.Jbd2BlockTag;
import drydock.ksy.Jbd2CommitHeader;
import drydock.shape.Shape;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The flyweights over control blocks agree with their Kaitai shapes on every control block of the
 * images.
 */
class BlockTagTest {
  private static final Origin ORIGIN = Origin.of("journal");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain-1k",
        "sums-v1-async",
        "sums-v3-64bit",
        "data-journal-escaped",
        "debugfs-v2",
        "debugfs-v2-64bit"
      })
  void flyweightsAgreeWithTheShapes(String name) throws IOException {
    JournalImage image = JournalImage.named(name);
    Journal journal = Journal.open(new ArraySource(image.journal(), ORIGIN), image.facts());
    LogScan.End end = new LogScan(journal, new FindingLog()).end();
    Comparison comparison = new Comparison(journal.superblock());
    new CommittedLog(journal, end.endSequence()).visit(comparison);
    assertThat(comparison.tags).isPositive();
    assertThat(comparison.commits).isGreaterThan(4);
  }

  private static final class Comparison implements CommittedLog.Visitor {
    private final JournalSuperblock superblock;
    private int tags;
    private int commits;

    Comparison(JournalSuperblock superblock) {
      this.superblock = superblock;
    }

    @Override
    public void descriptor(ControlBlock block, List<BlockTag> read, LogCursor cursor)
        throws IOException {
      header(block, Jbd2BlockHeader.BlockType.DESCRIPTOR);
      cursor.pass(read.size());
      boolean wide = superblock.has(JournalFeature.BLOCKS_64BIT);
      boolean v3 = superblock.has(JournalFeature.CHECKSUM_V3);
      int at = ControlBlock.HEADER_BYTES;
      for (BlockTag tag : read) {
        byte[] raw = Arrays.copyOfRange(block.raw(), at, at + superblock.tagBytes());
        Jbd2BlockTag shape =
            Shape.decode(raw, ORIGIN, "tag", stream -> new Jbd2BlockTag(stream, wide, v3));
        long high = v3 ? shape.v3().tBlocknrHigh() : wide ? shape.v1().tBlocknrHigh() : 0;
        long flags = v3 ? shape.v3().tFlags() : shape.v1().tFlags();
        long checksum = v3 ? shape.v3().tChecksum() : shape.v1().tChecksum();
        assertThat(tag)
            .isEqualTo(
                new BlockTag(
                    shape.tBlocknr() | (wide ? high << 32 : 0), (int) flags, (int) checksum));
        at += raw.length + tag.uuidBytes();
        tags++;
      }
    }

    @Override
    public void revoke(ControlBlock block, long[] revoked) throws IOException {
      header(block, Jbd2BlockHeader.BlockType.REVOKE);
    }

    @Override
    public void commit(ControlBlock block) throws IOException {
      header(block, Jbd2BlockHeader.BlockType.COMMIT);
      byte[] raw = Arrays.copyOf(block.raw(), 60);
      Jbd2CommitHeader shape = Shape.decode(raw, ORIGIN, "commit", Jbd2CommitHeader::new);
      assertThat(block.commitSeconds()).isEqualTo(shape.hCommitSec());
      assertThat(block.commitNanos()).isEqualTo(shape.hCommitNsec());
      commits++;
    }

    private static void header(ControlBlock block, Jbd2BlockHeader.BlockType type)
        throws IOException {
      byte[] raw = Arrays.copyOf(block.raw(), ControlBlock.HEADER_BYTES);
      Jbd2BlockHeader shape = Shape.decode(raw, ORIGIN, "header", Jbd2BlockHeader::new);
      assertThat(shape.hBlocktype()).isEqualTo(type);
      assertThat((int) shape.hSequence()).isEqualTo(block.sequence());
    }
  }
}
