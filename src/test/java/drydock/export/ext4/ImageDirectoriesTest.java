package drydock.export.ext4;

import static drydock.export.ext4.WrittenImage.NOTHING;
import static drydock.export.ext4.WrittenImage.directory;
import static drydock.export.ext4.WrittenImage.file;
import static org.assertj.core.api.Assertions.assertThat;

import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.TreePath;
import drydock.fs.ext4.InodeFlag;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Directories of all sizes, written and read back; a check of the image looks at every hash. */
class ImageDirectoriesTest {
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
