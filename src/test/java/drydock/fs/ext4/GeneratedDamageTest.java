package drydock.fs.ext4;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.ArraySource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.bytes.UnsupportedFormatException;
import drydock.finding.FindingLog;
import drydock.fs.OpenOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each structure of small file systems broken in turn: a whole check ends soon, with our exceptions
 * and findings only, and none of the damage goes untold. That e2fsck says the same of each is
 * {@link LiveDamageTest}'s.
 */
class GeneratedDamageTest {
  /**
   * What contradicts nothing, so that nobody can tell, e2fsck neither: blocks of a hash tree look
   * like blocks without names where there is no checksum; a prefix that nobody knows is a note.
   */
  static final Set<String> HARMLESS =
      Set.of("tree that the inode does not speak of", "attribute of an unknown prefix");

  /** Whether anything is told of an image. */
  static boolean isTold(byte[] image) throws IOException {
    FindingLog log = new FindingLog();
    try {
      Ext4Format.openTree(new ArraySource(image, Origin.of("image")), OpenOptions.DEFAULT, log)
          .check();
    } catch (CorruptDataException | UnsupportedFormatException e) {
      return true;
    }
    return log.hasLosses();
  }

  @ParameterizedTest
  @ValueSource(strings = {"revision-0", "ext2-1k", "ext4-1k", "ext4-no-sums", "ext4-large-dir"})
  void noDamageGoesUntold(String image) throws IOException {
    List<String> untold = new ArrayList<>();
    for (Damages.Damage each : Damages.of(Images.raw(image))) {
      Optional<byte[]> broken = each.image();
      if (broken.isEmpty()) {
        continue;
      }
      boolean told =
          Assertions.assertTimeout(Duration.ofSeconds(60), () -> isTold(broken.get()), each.name());
      if (!told && !HARMLESS.contains(each.name())) {
        untold.add(each.structure() + ": " + each.name());
      }
    }
    assertThat(untold).isEmpty();
  }
}
