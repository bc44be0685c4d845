package drydock.fs.ext4.journal;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.ArraySource;
import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What recovery makes of each journal of the table, and that it says so where it is damaged. */
class JournalCasesTest {
  static Stream<JournalCases.Case> cases() {
    return JournalCases.at(0).stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void recoveryIsAsTheTableSays(JournalCases.Case one) throws IOException {
    FindingLog log = new FindingLog();
    byte[] fileSystem = new byte[JournalBuilder.FS_BLOCKS * JournalBuilder.BLOCK];
    Arrays.fill(fileSystem, (byte) 'f');
    ByteSource journal = new Holed(one.journal().source(), one.holes());
    Replayed replayed =
        JournalReplay.apply(
            new ArraySource(fileSystem, Origin.of("fs")), journal, facts(one.holes()), log);
    assertThat(JournalBuilder.picture(replayed)).isEqualTo(one.ours());
    assertThat(replayed.state()).isEqualTo(one.state());
    assertThat(log.hasLosses()).isEqualTo(one.state() != ReplayState.APPLIED);
  }

  private static ReplayFacts facts(List<Integer> holes) {
    JournalPlaces places =
        new JournalPlaces() {
          @Override
          public boolean isThere(long journalBlock) {
            return !holes.contains((int) journalBlock);
          }

          @Override
          public boolean isJournal(long block) {
            return false;
          }
        };
    return new ReplayFacts(JournalBuilder.BLOCK, JournalBuilder.FS_BLOCKS, 256, places);
  }

  /** A journal that cannot be read in some of its blocks. */
  private record Holed(ByteSource whole, List<Integer> holes) implements ByteSource {
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
      for (int hole : holes) {
        long from = (long) hole * JournalBuilder.BLOCK;
        if (position < from + JournalBuilder.BLOCK && from < position + length) {
          throw new CorruptDataException(origin(), from, "not on the disk");
        }
      }
      whole.read(position, into, offset, length);
    }
  }
}
