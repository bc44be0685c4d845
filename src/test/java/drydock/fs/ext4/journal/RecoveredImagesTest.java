package drydock.fs.ext4.journal;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.ByteSource;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Images with dirty journals, byte for byte against what the kernel's recovery made of them. */
class RecoveredImagesTest {
  static Stream<String> images() throws IOException {
    return Files.readAllLines(JournalImage.FOLDER.resolve("expected.tsv"), StandardCharsets.UTF_8)
        .stream();
  }

  @ParameterizedTest
  @MethodSource("images")
  void recoveryMakesWhatTheKernelMade(String line) throws IOException {
    String[] row = line.split("\t");
    JournalImage image = JournalImage.open(row[0], Integer.parseInt(row[1]), row[2]);
    FindingLog log = new FindingLog();
    Replayed replayed = image.replay(log);
    assertThat(replayed.state()).isEqualTo(ReplayState.APPLIED);
    assertThat(replayed.transactions()).isEqualTo(Long.parseLong(row[3]));
    assertThat(image.sum(replayed.fileSystem())).isEqualTo(row[4]);
    assertThat(image.sum(image.disk())).isNotEqualTo(row[4]);
    assertThat(log.hasLosses()).isFalse();
  }

  @Test
  void smallReadsAcrossReplacedBlocksAgreeWithLargeOnes() throws IOException {
    JournalImage image = JournalImage.named("data-journal-escaped");
    ByteSource recovered = image.replay(new FindingLog()).fileSystem();
    byte[] whole = recovered.allBytes(Integer.MAX_VALUE);
    for (int at = 0; at < whole.length - 1500; at += 509) {
      byte[] piece = recovered.bytes(at, 1 + at % 1500);
      assertThat(piece).isEqualTo(Arrays.copyOfRange(whole, at, at + piece.length));
    }
  }

  @Test
  void theImagesCoverEveryFeatureOfTheLog() throws IOException {
    Set<JournalFeature> covered = EnumSet.noneOf(JournalFeature.class);
    for (String line : images().toList()) {
      JournalSuperblock superblock =
          JournalImage.named(line.split("\t")[0]).replay(new FindingLog()).superblock();
      assertThat(superblock).isNotNull();
      covered.addAll(superblock.features());
    }
    assertThat(covered).containsAll(EnumSet.complementOf(EnumSet.of(JournalFeature.FAST_COMMIT)));
  }
}
