package drydock.fs.ext4;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.fs.Name;
import drydock.fs.NodeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DirentListTest {
  private final List<Dirent> twins = new ArrayList<>();

  private DirentList packed(List<Dirent> entries) {
    DirentList.Packer packer = new DirentList.Packer();
    entries.forEach(packer::add);
    return packer.sorted(twins::add);
  }

  private static Dirent entry(String name, long inode) {
    return new Dirent(Name.of(name), inode, NodeType.FILE);
  }

  @Test
  void namesAreSortedByTheirUnsignedBytes() {
    Dirent high = new Dirent(Name.of(new byte[] {(byte) 0xff}), 1, null);
    assertThat(packed(List.of(high, entry("b", 2), entry("", 3), entry("ab", 4), entry("a", 5))))
        .containsExactly(entry("", 3), entry("a", 5), entry("ab", 4), entry("b", 2), high);
  }

  @Test
  void inodeNumbersUseAllOfTheir32Bits() {
    assertThat(packed(List.of(entry("a", 0xffff_ffffL))).get(0).inode()).isEqualTo(0xffff_ffffL);
  }

  @Test
  void ofNamesThatAreThereAgainTheFirstIsKept() {
    DirentList names = packed(List.of(entry("b", 1), entry("a", 2), entry("b", 3), entry("b", 4)));
    assertThat(names).containsExactly(entry("a", 2), entry("b", 1));
    assertThat(twins).containsExactly(entry("b", 3), entry("b", 4));
  }

  @Test
  void manyEntriesComeBackAsTheyWere() {
    Random random = new Random(7);
    TreeMap<Name, Dirent> expected = new TreeMap<>();
    List<Dirent> entries = new ArrayList<>();
    NodeType[] types = NodeType.values();
    for (int i = 0; i < 20_000; i++) {
      byte[] name = new byte[1 + random.nextInt(12)];
      random.nextBytes(name);
      int type = random.nextInt(types.length + 1);
      Dirent each =
          new Dirent(
              Name.of(name),
              Integer.toUnsignedLong(random.nextInt()),
              type == types.length ? null : types[type]);
      if (expected.putIfAbsent(each.name(), each) == null) {
        entries.add(each);
      }
    }
    assertThat(packed(entries)).containsExactlyElementsOf(expected.values());
    assertThat(twins).isEmpty();
  }
}
