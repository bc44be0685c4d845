package drydock.export.ext4;

import static drydock.export.ext4.WrittenImage.NOTHING;
import static drydock.export.ext4.WrittenImage.directory;
import static drydock.export.ext4.WrittenImage.file;
import static org.assertj.core.api.Assertions.assertThat;

import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.TreePath;
import drydock.fs.ext4.DirectoryHash;
import drydock.fs.ext4.InodeFlag;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Directories of all sizes, written and read back; a check of the image looks at every hash. */
class ImageDirectoriesTest {
  /** Of names of 255 bytes. */
  private static final int NAMES_IN_A_BLOCK = 15;

  @TempDir Path work;

  private Path target() {
    return work.resolve("image");
  }

  private static Name name(int number, int length) {
    return Name.of(String.format(Locale.ROOT, "%0" + length + "d", number));
  }

  /** The numbers of names are those around which another block or level is needed. */
  @ParameterizedTest
  @CsvSource({"0, 9, false", "202, 9, false", "204, 9, true", "9000, 255, true", "200000, 9, true"})
  void everyNameOfADirectoryIsFound(int count, int length, boolean indexed) throws IOException {
    try (ImageSink sink = ImageSink.create(target(), "", "")) {
      sink.add(directory("/"));
      TreePath parent = TreePath.of("/d");
      sink.add(directory(parent));
      for (int i = 0; i < count; i++) {
        sink.add(file(parent.child(name(i, length)), 0, NOTHING));
      }
      sink.finish();
    }
    try (WrittenImage image = new WrittenImage(target())) {
      Node directory = image.at("/d");
      assertThat(directory.list()).hasSize(count);
      for (int i = 0; i < count; i += 97) {
        assertThat(directory.child(name(i, length))).isPresent();
      }
      assertThat(image.tree().inode(directory.meta().inode()).has(InodeFlag.INDEXED))
          .isEqualTo(indexed);
      assertThat(image.findings()).isEmpty();
    }
  }

  /** Two names of the same hash, the one last in its block, the other first in the next. */
  @Test
  void namesOfOneHashInTwoBlocksAreBothFound() throws IOException {
    DirectoryHash hash = Identity.of("", "").directoryHash();
    Map<Integer, Name> byHash = new TreeMap<>(Integer::compareUnsigned);
    Name first = null;
    Name second = null;
    for (int i = 0; first == null; i++) {
      second = name(i, 255);
      first = byHash.put(hash.of(second.bytes(), 0, 255), second);
    }
    int same = hash.of(second.bytes(), 0, 255);
    List<Name> names = new ArrayList<>(List.of(first, second));
    byHash.entrySet().stream()
        .filter(each -> Integer.compareUnsigned(each.getKey(), same) < 0)
        .limit(2 * NAMES_IN_A_BLOCK - 1)
        .forEach(each -> names.add(each.getValue()));
    byHash.entrySet().stream()
        .filter(each -> Integer.compareUnsigned(each.getKey(), same) > 0)
        .limit(5)
        .forEach(each -> names.add(each.getValue()));
    names.sort(null);
    try (ImageSink sink = ImageSink.create(target(), "", "")) {
      sink.add(directory("/"));
      for (Name each : names) {
        sink.add(file(TreePath.ROOT.child(each), 0, NOTHING));
      }
      sink.finish();
    }
    try (WrittenImage image = new WrittenImage(target())) {
      assertThat(names).hasSize(2 * NAMES_IN_A_BLOCK + 6);
      for (Name each : names) {
        assertThat(image.tree().root().child(each)).isPresent();
      }
      assertThat(image.findings()).isEmpty();
    }
  }

  @Test
  void directoryWithMoreThan65000OthersCountsThemNoLonger() throws IOException {
    try (ImageSink sink = ImageSink.create(target(), "", "")) {
      sink.add(directory("/"));
      for (int i = 0; i < 65_000; i++) {
        sink.add(directory(TreePath.ROOT.child(name(i, 5))));
      }
      sink.finish();
    }
    try (WrittenImage image = new WrittenImage(target())) {
      assertThat(image.tree().root().meta().links()).isEqualTo(1);
      assertThat(image.at("/00000").meta().links()).isEqualTo(2);
      assertThat(image.findings()).isEmpty();
    }
  }

  @Test
  void directoriesInDirectoriesKnowTheirParents() throws IOException {
    try (ImageSink sink = ImageSink.create(target(), "", "")) {
      TreePath path = TreePath.ROOT;
      sink.add(directory(path));
      for (int i = 0; i < 2000; i++) {
        path = path.child("d");
        sink.add(directory(path));
      }
      sink.add(file("/z", 0));
      sink.finish();
    }
    try (WrittenImage image = new WrittenImage(target())) {
      assertThat(image.at("/" + "d/".repeat(2000)).list()).isEmpty();
      assertThat(image.findings()).isEmpty();
    }
  }
}
