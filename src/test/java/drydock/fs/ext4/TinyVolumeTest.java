package drydock.fs.ext4;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import drydock.fs.Entry;
import drydock.fs.OpenOptions;
import drydock.fs.TreePath;
import drydock.fs.TreeWalk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What fuzzers start from is sound. */
class TinyVolumeTest {
  @ParameterizedTest
  @EnumSource
  void volumeOfEachStyleIsReadWithoutFindings(TinyVolume.Style style) throws IOException {
    FindingLog log = new FindingLog();
    Ext4Tree tree =
        Ext4Format.openTree(new TinyVolume(style).sealed().source(), OpenOptions.DEFAULT, log);
    assertThat(tree.root().list()).extracting(Entry::name).hasToString("[dir, file, holder, link]");
    List<String> paths = new ArrayList<>();
    new TreeWalk(log)
        .walk(TreePath.ROOT, tree.root(), (path, node, meta) -> paths.add(path.toString()));
    assertThat(paths).containsExactly("/", "/dir", "/dir/again", "/file", "/holder", "/link");
    assertThat(log.list()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void volumeInGroupsIsReadWithoutFindings(TinyVolume.Style style) throws IOException {
    FindingLog log = new FindingLog();
    TinyVolume volume = new TinyVolume(style).inGroupsOf(24).sealed();
    Ext4Tree tree = Ext4Format.openTree(volume.source(), OpenOptions.DEFAULT, log);
    for (long group = 0; group < tree.superblock().groups(); group++) {
      assertThat(tree.group(group).inodeTable()).isPositive();
    }
    assertThat(log.list()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void groupsWithCopiesAreThoseThatHaveThem(TinyVolume.Style style) throws IOException {
    byte[] raw = new TinyVolume(style).inGroupsOf(1).bytes();
    Superblock superblock = Superblock.decode(Arrays.copyOfRange(raw, 1024, 2048), Origin.of("x"));
    assertThat(superblock.copies(99).toArray())
        .containsExactly(
            LongStream.range(1, superblock.groups()).filter(superblock::hasCopy).toArray());
    assertThat(superblock.copies(2).toArray()).hasSizeLessThanOrEqualTo(2);
  }
}
