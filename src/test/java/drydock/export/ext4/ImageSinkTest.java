package drydock.export.ext4;

import static drydock.export.ext4.WrittenImage.addFile;
import static drydock.export.ext4.WrittenImage.directory;
import static drydock.export.ext4.WrittenImage.file;
import static drydock.export.ext4.WrittenImage.linkedFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import drydock.disk.OpenDisk;
import drydock.disk.RawFormat;
import drydock.export.TreeCopy;
import drydock.export.TreeSink.Data;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.OpenOptions;
import drydock.fs.ext4.Ext4Format;
import drydock.fs.ext4.GroupDescriptor;
import drydock.fs.ext4.Superblock;
import drydock.truth.KernelListing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSinkTest {
  private static final Path FIXTURES = Path.of(System.getProperty("fixtures", "fixtures"));

  @TempDir Path work;

  private Path unpacked(String name) throws IOException {
    Path file = work.resolve(name);
    try (InputStream packed = Files.newInputStream(FIXTURES.resolve("ext4/" + name + ".img.gz"));
        InputStream in = new GZIPInputStream(packed)) {
      Files.copy(in, file);
    }
    return file;
  }

  private ImageSink sink(Path target) throws IOException {
    return ImageSink.create(target, "label", "k8s.io/0123");
  }

  /** Everything but the numbers of inodes, and the sizes of directories, which are the writer's. */
  private static List<String> differences(FileTree source, FileTree image) throws IOException {
    FindingLog log = new FindingLog();
    KernelListing theirs = KernelListing.of(source, log);
    return KernelListing.of(image, log).differences(theirs, Set.of("ino")).stream()
        .filter(line -> !line.contains(": size is ") || !isDirectory(theirs, line))
        .toList();
  }

  private static boolean isDirectory(KernelListing listing, String line) {
    String path = line.substring(0, line.indexOf(": size is "));
    return "d".equals(listing.row(path).get("type"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ext2-1k",
        "ext4-4k",
        "ext4-ea-inode",
        "ext4-deep-extents",
        "ext4-extra-sizes",
        "ext4-inline",
        "ext4-casefold",
        "ext4-verity",
        "revision-0"
      })
  void imageOfAFileSystemHasEveryFieldOfIt(String name) throws IOException {
    FindingLog log = new FindingLog();
    Path target = work.resolve("image.ext4");
    try (OpenDisk disk = new RawFormat().open(unpacked(name), log);
        ImageSink sink = sink(target)) {
      FileTree source = new Ext4Format().open(disk.bytes(), OpenOptions.DEFAULT, log);
      assertThat(TreeCopy.all(source, sink)).isEmpty();
      try (WrittenImage image = new WrittenImage(target)) {
        assertThat(differences(source, image.tree())).isEmpty();
        assertThat(image.findings()).isEmpty();
      }
    }
  }

  @Test
  void sameFilesGiveTheSameBytes() throws IOException {
    for (String name : List.of("one", "two")) {
      try (ImageSink sink = sink(work.resolve(name))) {
        fill(sink);
        sink.finish();
      }
    }
    assertThat(work.resolve("one")).hasSameBinaryContentAs(work.resolve("two"));
  }

  private static void fill(ImageSink sink) throws IOException {
    sink.add(directory("/"));
    sink.add(directory("/etc"));
    addFile(sink, "/etc/passwd", "root");
    sink.add(linkedFile("/first", null));
    sink.add(linkedFile("/second", "/first"));
  }

  @Test
  void identityIsThatOfTheText() throws IOException {
    Path target = work.resolve("image");
    try (ImageSink sink = ImageSink.create(target, "a label of more than 16", "other")) {
      fill(sink);
      sink.finish();
    }
    try (WrittenImage image = new WrittenImage(target)) {
      assertThat(image.tree().superblock().label()).asString().isEqualTo("a label of more ");
      assertThat(image.tree().superblock().uuidText())
          .isEqualTo("d9298a10-d1b0-8358-b7dc-4bd85dac641b");
    }
  }

  @Test
  void furtherNamesAreCountedAsTheyCome() throws IOException {
    Path target = work.resolve("image");
    try (ImageSink sink = sink(target)) {
      fill(sink);
      sink.add(linkedFile("/third", "/first"));
      sink.finish();
    }
    try (WrittenImage image = new WrittenImage(target)) {
      assertThat(image.at("/first").meta().links()).isEqualTo(3);
      assertThat(image.at("/third").identity()).isEqualTo(image.at("/second").identity());
      assertThat(image.findings()).isEmpty();
    }
  }

  @Test
  void groupsAndSuperblockCountTheSame() throws IOException {
    Path target = work.resolve("image");
    try (ImageSink sink = sink(target)) {
      fill(sink);
      sink.finish();
    }
    try (WrittenImage image = new WrittenImage(target)) {
      GroupDescriptor group = image.tree().group(0);
      Superblock superblock = image.tree().superblock();
      assertThat(superblock.groups()).isEqualTo(1);
      assertThat(group.directories()).isEqualTo(2);
      assertThat(group.freeInodes()).isEqualTo(superblock.inodes() - 13);
      assertThat(group.unusedInodes()).isEqualTo(group.freeInodes());
      assertThat(superblock.freeInodes()).isEqualTo(group.freeInodes());
      assertThat(superblock.freeBlocks()).isEqualTo(group.freeBlocks()).isEqualTo(2047);
    }
  }

  @Test
  void nothingIsThereUnderItsNameBeforeTheEnd() throws IOException {
    Path target = work.resolve("image");
    try (ImageSink sink = sink(target)) {
      fill(sink);
      assertThat(target).doesNotExist();
      assertThat(work.resolve("image.partial")).exists();
    }
    assertThat(names()).isEmpty();
  }

  @Test
  void nothingIsBesideTheImageAtTheEnd() throws IOException {
    try (ImageSink sink = sink(work.resolve("image"))) {
      fill(sink);
      sink.finish();
    }
    assertThat(names()).containsExactly("image");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(work)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void whatExistsIsNotWrittenOver() throws IOException {
    Path target = Files.writeString(work.resolve("image"), "evidence");
    assertThatThrownBy(() -> sink(target)).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(target).hasContent("evidence");
    assertThat(names()).containsExactly("image");
  }

  @Test
  void dataThatLiesIsRefused() throws IOException {
    try (ImageSink sink = sink(work.resolve("image"))) {
      sink.add(directory("/"));
      refused(sink, new Data(0, 5));
      refused(sink, new Data(2, 1), new Data(1, 1));
      refused(sink, new Data(0, 2), new Data(1, 1));
      refused(sink, new Data(0, 0));
      refused(sink, new Data(Long.MAX_VALUE, 2));
      refused(sink, new Data(-1, 2));
    }
  }

  private static void refused(ImageSink sink, Data... data) {
    assertThatThrownBy(() -> sink.beginFile(file("/f", 4), List.of(data)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void moreOrLessThanAFilesDataIsRefused() throws IOException {
    try (ImageSink sink = sink(work.resolve("image"))) {
      sink.add(directory("/"));
      sink.beginFile(file("/f", 4), List.of(new Data(1, 2)));
      sink.write(new byte[2], 0, 1);
      assertThatThrownBy(sink::endFile).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> sink.write(new byte[2], 0, 2))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void fileOutsideOfTheOrderOfAWalkIsRefused() throws IOException {
    try (ImageSink sink = sink(work.resolve("image"))) {
      sink.add(directory("/"));
      sink.add(directory("/a"));
      sink.add(directory("/b"));
      assertThatThrownBy(() -> sink.add(file("/a/f", 0)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
