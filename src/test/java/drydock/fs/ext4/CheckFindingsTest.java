package drydock.fs.ext4;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.NodeType;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What a whole check says of single things, and where. */
class CheckFindingsTest {
  private final FindingLog log = new FindingLog();

  private static Surgery surgery(String image) throws IOException {
    return new Surgery(Surgery.Sound.of(Images.raw(image)));
  }

  private Finding only(Surgery surgery, String what) throws IOException {
    Images.tree("image", surgery.raw, log).check();
    assertThat(log.list()).filteredOn(f -> f.what().contains(what)).isNotEmpty();
    return log.list().stream().filter(f -> f.what().contains(what)).findFirst().orElseThrow();
  }

  @Test
  void bothClaimantsOfABlockAreNamed() throws IOException {
    Surgery surgery = surgery("ext4-1k");
    long first = surgery.extentFile().orElseThrow().number();
    Inode second = surgery.otherFile().orElseThrow();
    long block = surgery.firstBlock(second);
    surgery.put(surgery.fieldAt(first) + 20, (int) block);
    surgery.sumInode(first);
    Finding finding = only(surgery, "claims block " + block);
    assertThat(finding.what())
        .isEqualTo("claims block " + block + ", which inode " + first + " (file 0) claims, too");
    assertThat(finding.origin().toString()).contains("inode " + second.number());
    assertThat(finding.offset()).isEqualTo(Inode.BLOCK_FIELD + 12L);
  }

  @Test
  void inodeThatClaimsABlockTwiceIsNamedOnce() throws IOException {
    Surgery surgery = surgery("ext2-1k");
    long file = surgery.pointerFile().orElseThrow().number();
    long block = surgery.firstBlock(surgery.sound.inode(file));
    surgery.put(surgery.fieldAt(file) + 4, (int) block);
    assertThat(only(surgery, "claims block " + block).what())
        .isEqualTo("claims block " + block + ", which the same inode (file 1) claims, too");
  }

  @Test
  void blockOfTheFileSystemItselfIsNamed() throws IOException {
    Surgery surgery = surgery("ext4-1k");
    long file = surgery.extentFile().orElseThrow().number();
    long table = surgery.sound.group(0).inodeTable();
    surgery.put(surgery.fieldAt(file) + 20, (int) table);
    surgery.sumInode(file);
    assertThat(only(surgery, "claims block " + table).what())
        .endsWith("the file system's own records (inode table of group 0) claims, too");
  }

  @Test
  void valueThatFewerAttributesReferToThanItsInodeSaysIsAFinding() throws IOException {
    Surgery surgery = surgery("ext4-ea-inode");
    long holder = 0;
    for (long number = 11; number <= surgery.superblock.lastInode() && holder == 0; number++) {
      Inode inode = surgery.sound.inode(number);
      boolean isHolder = inode.type() == NodeType.FILE && inode.has(InodeFlag.ATTRIBUTE_VALUE);
      holder = isHolder ? number : 0;
    }
    int at = surgery.inodeAt(holder) + 0x24;
    int counted = surgery.sound.inode(holder).word(0x24);
    surgery.put(at, counted + 1);
    surgery.sumInode(holder);
    Finding finding = only(surgery, "count of attributes whose value it holds");
    assertThat(finding.offset()).isEqualTo(0x24L);
    assertThat(finding.found()).isEqualTo(String.valueOf(counted + 1));
    assertThat(finding.expected()).isEqualTo(String.valueOf(counted));
  }

  @Test
  void copyOfADescriptorThatNamesAnotherPlaceIsAFinding() throws IOException {
    Surgery surgery = surgery("ext4-1k");
    int copy = surgery.block(surgery.superblock.firstBlock(1) + 1);
    surgery.raw[copy + surgery.superblock.descriptorBytes() + 8] ^= 1;
    Finding finding = only(surgery, "the copy's places");
    assertThat(finding.what()).endsWith("as of group 1");
    assertThat(finding.offset()).isEqualTo(surgery.superblock.descriptorBytes());
    assertThat(log.list()).hasSize(1);
  }

  /** As e2fsck has it: the kernel may have written a block and not yet the size. */
  @Test
  void oneWrittenBlockBehindTheSizeIsNoFindingAndMoreAre() throws IOException {
    Surgery surgery = surgery("ext4-1k");
    int block = surgery.superblock.blockBytes();
    Inode file =
        surgery
            .inode(
                i ->
                    i.type() == NodeType.FILE
                        && i.has(InodeFlag.EXTENTS)
                        && i.size() > 2L * block
                        && i.sectors() * 512 >= i.size())
            .orElseThrow();
    int behind = (int) ((file.size() - 1) / block * block);
    int at = surgery.inodeAt(file.number()) + 4;
    surgery.put(at, behind);
    surgery.sumInode(file.number());
    Images.tree("image", surgery.raw, log).check();
    assertThat(log.list()).isEmpty();
    surgery.put(at, behind - 1);
    surgery.sumInode(file.number());
    assertThat(only(surgery, "written blocks behind its size").found())
        .isEqualTo(String.valueOf(behind - 1));
  }

  @Test
  void journalThatNoRecoveryWouldBeginWithIsAFinding() throws IOException {
    Surgery surgery = surgery("ext4-1k");
    int journal = surgery.block(surgery.firstBlock(surgery.sound.inode(8)));
    surgery.raw[journal + 0xe] ^= 0x70;
    assertThat(only(surgery, "journal").origin().toString()).contains("inode 8");
  }

  @Test
  void hashOfABlockOfAttributesIsChecked() throws IOException {
    Surgery surgery = surgery("ext4-1k");
    long block = surgery.inode(i -> i.attributeBlock() != 0).orElseThrow().attributeBlock();
    surgery.raw[surgery.block(block) + 12] ^= 1;
    surgery.sumAttributes(block);
    only(surgery, "the hash of the block of extended attributes does not fit");
    assertThat(log.list()).hasSize(1);
  }
}
