package drydock.fs.ext4;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What e2fsck says of every damaged image: it agrees that what we call damaged is, and finds no
 * damage that we do not. Needs e2fsprogs, no root.
 */
@Tag("live")
class LiveDamageTest {
  @TempDir Path folder = Path.of("");

  /** Where we tell and e2fsck does not, and why we are right. */
  private static final Map<String, String> ONLY_OURS =
      Map.of(
          "superblock with an orphan that cannot be",
          "with -n it does not look at the list; the kernel says that the inode is none",
          "group whose checksum does not fit",
          "it takes the copies of the descriptors without a word; the kernel does not mount it",
          "leaf of another depth",
          "it does not compare depths; the kernel does not read such a node (__ext4_ext_check)");

  /** Where e2fsck tells and we do not, and why it does not concern reading. */
  private static final Map<String, String> ONLY_THEIRS = Map.of();

  /** Its own report of these sound images is wrong: a link's target beside a value's inode. */
  private static final Set<String> NOT_SOUND_FOR_IT = Set.of("ext4-ea-inode");

  static List<String> images() throws IOException {
    return Images.names();
  }

  @ParameterizedTest
  @MethodSource("images")
  void e2fsckAgrees(String image) throws IOException, InterruptedException {
    boolean soundForBoth = e2fsck(Images.raw(image)).isEmpty();
    assertThat(soundForBoth).isNotEqualTo(NOT_SOUND_FOR_IT.contains(image));
    List<String> differences = new ArrayList<>();
    int both = 0;
    int none = 0;
    for (Damages.Damage each : Damages.of(Images.raw(image))) {
      Optional<byte[]> broken = each.image();
      if (broken.isEmpty()) {
        continue;
      }
      boolean ours = GeneratedDamageTest.isTold(broken.get());
      String theirs = soundForBoth ? e2fsck(broken.get()) : "";
      if (ours != !theirs.isEmpty()) {
        Map<String, String> known = ours ? ONLY_OURS : ONLY_THEIRS;
        if (soundForBoth && !known.containsKey(each.name())) {
          differences.add((ours ? "only ours: " : "only theirs: ") + each.name() + ' ' + theirs);
        }
      } else {
        both += ours ? 1 : 0;
        none += ours ? 0 : 1;
      }
    }
    assertThat(differences)
        .as("%s: both %d, none %d, differ %d", image, both, none, differences.size())
        .isEmpty();
  }

  /** What e2fsck would repair, a line; empty when nothing. It can say much: the start is kept. */
  private String e2fsck(byte[] image) throws IOException, InterruptedException {
    Path file = folder.resolve("image");
    Path out = folder.resolve("out");
    Files.write(file, image);
    String command = "set -o pipefail; timeout 20 e2fsck -fn \"$1\" 2>&1 | head -c 20000 > \"$2\"";
    int exit =
        new ProcessBuilder("bash", "-c", command, "e2fsck", file.toString(), out.toString())
            .start()
            .waitFor();
    String text = Files.readString(out, StandardCharsets.ISO_8859_1);
    return exit == 0 ? "" : text.lines().skip(1).limit(5).toList().toString();
  }
}
