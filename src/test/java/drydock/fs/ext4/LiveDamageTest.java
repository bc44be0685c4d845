package drydock.fs.ext4;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What e2fsck says of every damaged image: it agrees that what we call damaged is, finds no damage
 * that we do not, and of the problems that it has a number for each that concerns reading is met
 * and told by us, too (the list: {@code e2fsck-problems.txt}). Needs e2fsprogs, no root.
 */
@Tag("live")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveDamageTest {
  private static final Pattern PROBLEM = Pattern.compile("<problem code=\"0x([0-9a-f]{6})\"");
  private static final int SHOWN = 5;
  private static final int START_BYTES = 20_000;

  @TempDir Path folder = Path.of("");

  /** The problems that it told where we told of damage as well. */
  private final SortedSet<String> met = new TreeSet<>();

  private int images;

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

  /** Sound images of which it says that they are not, and why. */
  private static final Map<String, String> NOT_SOUND_FOR_IT =
      Map.of(
          "ext2-compression", "it does not read the feature",
          "ext4-dirdata", "it does not read the feature",
          "ext4-odd-bits", "it does not read the features",
          "ext2-hurd", "Linux wrote versions of inodes where it looks for the Hurd's translators",
          "ext4-deep-extents", "the tree is made by hand and counted nowhere: we tell of that, too",
          "ext4-ea-inode", "it takes a link's target for a map beside a value's inode");

  static List<String> images() throws IOException {
    return Images.names();
  }

  /** What e2fsck said: its problems by their numbers, and the start of its text. */
  private record Answer(boolean isSound, SortedSet<String> problems, String text) {}

  @ParameterizedTest
  @MethodSource("images")
  void e2fsckAgrees(String image) throws IOException, InterruptedException {
    images++;
    boolean soundForBoth = e2fsck(Images.raw(image)).isSound();
    assertThat(soundForBoth).isNotEqualTo(NOT_SOUND_FOR_IT.containsKey(image));
    List<String> differences = new ArrayList<>();
    for (Damages.Damage each : Damages.of(Images.raw(image))) {
      Optional<byte[]> broken = soundForBoth ? each.image() : Optional.empty();
      if (broken.isPresent()) {
        compare(each.name(), broken.get(), differences);
      }
    }
    assertThat(differences).isEmpty();
  }

  private void compare(String name, byte[] broken, List<String> differences)
      throws IOException, InterruptedException {
    boolean ours = GeneratedDamageTest.isTold(broken);
    Answer theirs = e2fsck(broken);
    if (ours && !theirs.isSound()) {
      met.addAll(theirs.problems());
    } else if (ours || !theirs.isSound()) {
      Map<String, String> known = ours ? ONLY_OURS : ONLY_THEIRS;
      if (!known.containsKey(name)) {
        differences.add((ours ? "only ours: " : "only theirs: ") + name + theirs.text());
      }
    }
  }

  /** When all images were looked at, each problem that the list calls met was, and no unlisted. */
  @AfterAll
  void everyProblemThatConcernsReadingWasMet() throws IOException {
    Map<String, String> listed = listed();
    assertThat(listed.keySet()).containsAll(met);
    if (images == Images.names().size()) {
      assertThat(met)
          .containsAll(
              listed.keySet().stream().filter(each -> "met".equals(listed.get(each))).toList());
    }
  }

  /** What becomes of each problem, by its number. */
  private static Map<String, String> listed() throws IOException {
    Map<String, String> listed = new TreeMap<>();
    try (InputStream in =
        Objects.requireNonNull(LiveDamageTest.class.getResourceAsStream("e2fsck-problems.txt"))) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" ", -1))
          .forEach(words -> listed.put(words[0], words[2]));
    }
    return listed;
  }

  /** What e2fsck would repair. It can say much: the start is kept. */
  private Answer e2fsck(byte[] image) throws IOException, InterruptedException {
    Path file = folder.resolve("image");
    Path out = folder.resolve("out");
    Path log = folder.resolve("problems");
    Path settings = folder.resolve("e2fsck.conf");
    Files.writeString(settings, "[options]\n\tproblem_log_filename = " + log + "\n");
    Files.deleteIfExists(log);
    Files.write(file, image);
    ProcessBuilder builder =
        new ProcessBuilder("timeout", "20", "e2fsck", "-fn", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.environment().put("E2FSCK_CONFIG", settings.toString());
    int exit = builder.start().waitFor();
    SortedSet<String> problems = new TreeSet<>();
    Matcher matcher = PROBLEM.matcher(Files.exists(log) ? text(log) : "");
    while (matcher.find()) {
      problems.add(matcher.group(1));
    }
    return new Answer(
        exit == 0, problems, start(out).lines().skip(1).limit(SHOWN).toList().toString());
  }

  private static String start(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(START_BYTES), StandardCharsets.ISO_8859_1);
    }
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }
}
