package drydock.fs.ext4;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.ArraySource;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.DeletedName;
import drydock.fs.Entry;
import drydock.fs.Lookup;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.NodeType;
import drydock.fs.OpenOptions;
import drydock.fs.TreePath;
import drydock.fs.TreeWalk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deleted names, names of equal hashes, names that are folded: on images of which all is known. */
class DirectoriesTest {
  private static final Path FOLDER = Images.FIXTURES.resolve("ext4-directories");

  private final FindingLog log = new FindingLog();

  private static byte[] raw(String name) throws IOException {
    try (InputStream file = Files.newInputStream(FOLDER.resolve(name + ".img.gz"));
        InputStream in = new GZIPInputStream(file)) {
      return in.readAllBytes();
    }
  }

  private Ext4Tree open(byte[] raw) throws IOException {
    return Ext4Format.openTree(new ArraySource(raw, Origin.of("image")), OpenOptions.DEFAULT, log);
  }

  private Map<String, DeletedName> deleted(Ext4Tree tree) throws IOException {
    Map<String, DeletedName> deleted = new TreeMap<>();
    new TreeWalk(log)
        .walk(
            TreePath.ROOT,
            tree.root(),
            (path, node, meta) -> {
              if (meta.isDirectory()) {
                for (DeletedName each : node.deletedNames()) {
                  assertThat(deleted.put(path + "/" + each.name(), each)).isNull();
                }
              }
            });
    return deleted;
  }

  @ParameterizedTest
  @ValueSource(strings = {"deleted", "deleted-no-types"})
  void namesThatWereDeletedAreThoseThatAreFound(String image) throws IOException {
    Map<String, DeletedName> deleted = deleted(open(raw(image)));
    assertThat(deleted.keySet())
        .containsExactlyElementsOf(Files.readAllLines(FOLDER.resolve("deleted.txt")));
    assertThat(deleted.values())
        .filteredOn(each -> each.inode() != null)
        .hasSizeGreaterThan(100)
        .allMatch(each -> image.equals("deleted") == (each.type() == NodeType.FILE));
    assertThat(log.list()).isEmpty();
  }

  @Test
  void stateOfADeletedNameTellsWhatBecameOfItsInode() throws IOException {
    Ext4Tree tree = open(raw("deleted"));
    Map<String, DeletedName> deleted = deleted(tree);
    DeletedName unlinked = deleted.get("/renamed/old1");
    assertThat(unlinked.state()).isEqualTo(DeletedName.State.IN_USE);
    assertThat(unlinked.target()).isNotNull();
    DeletedName removed = deleted.get("/small/s04.txt");
    assertThat(removed.state()).isEqualTo(DeletedName.State.DELETED);
    assertThat(removed.origin().label()).isEqualTo("block 0");
    Node file = removed.target() == null ? tree.root() : removed.target().read();
    assertThat(file.meta().inode()).isEqualTo(removed.inode());
    assertThat(file.meta().links()).isZero();
  }

  @Test
  void namesOfEqualHashesAreFoundThoughALeafEndsBetweenThem() throws IOException {
    List<Entry> all = new Lookup(open(raw("collisions"))).find("/same").node().list();
    assertThat(all).hasSize(800);
    Node fresh = new Lookup(open(raw("collisions"))).find("/same").node();
    for (Entry each : all) {
      assertThat(fresh.child(each.name()).map(Entry::inode)).contains(each.inode());
    }
    assertThat(log.list()).isEmpty();
  }

  @Test
  void foldedNameIsFoundThroughTheTree() throws IOException {
    List<String> stored = Files.readAllLines(FOLDER.resolve("casefold.txt"));
    Node directory = new Lookup(open(raw("casefold"))).find("/cf").node();
    for (String each : stored) {
      for (String asked : List.of(each, each.toUpperCase(Locale.ROOT), "\u00ad" + each)) {
        assertThat(directory.child(Name.of(asked)).map(Entry::name)).contains(Name.of(each));
      }
    }
    assertThat(directory.child(Name.of("plain-9999"))).isEmpty();
    List<Name> names = new ArrayList<>();
    directory.list().forEach(each -> names.add(each.name()));
    assertThat(names).containsExactlyInAnyOrderElementsOf(stored.stream().map(Name::of).toList());
    assertThat(directory.child(Name.of("PLAIN-008")).map(Entry::name))
        .contains(Name.of("plain-008"));
    assertThat(log.list()).isEmpty();
  }

  @Test
  void nameInABlockOfOtherHashesIsTold() throws IOException {
    byte[] raw = raw("casefold");
    String text = new String(raw, java.nio.charset.StandardCharsets.ISO_8859_1);
    raw[text.indexOf("plain-008")] = 'q';
    new Lookup(open(raw)).find("/cf").node().list();
    assertThat(log.list())
        .extracting(Finding::what)
        .anyMatch(what -> what.contains("hash belongs to another block: qlain-008"));
  }
}
