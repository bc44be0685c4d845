package drydock.fs.ext4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import drydock.bytes.ArraySource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.LittleEndian;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.finding.Severity;
import drydock.fs.HashAlgorithm;
import drydock.fs.Hashes;
import drydock.fs.Lookup;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.OpenOptions;
import drydock.truth.KernelListing;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One thing broken at a time: what is told, and what can still be read. */
class DamageTest {
  private final FindingLog log = new FindingLog();

  private Ext4Tree open(byte[] raw) throws IOException {
    return Ext4Format.openTree(new ArraySource(raw, Origin.of("image")), OpenOptions.DEFAULT, log);
  }

  private static int inodeAt(Ext4Tree tree, long number) throws IOException {
    Superblock superblock = tree.superblock();
    GroupDescriptor group = tree.group((number - 1) / superblock.inodesPerGroup());
    long index = (number - 1) % superblock.inodesPerGroup();
    return (int) (group.inodeTable() * superblock.blockBytes() + index * superblock.inodeBytes());
  }

  private static long number(Ext4Tree tree, String path) throws IOException {
    return new Lookup(tree).findNoFollow(path).node().meta().inode();
  }

  private void onlyDamageIs(String what) {
    assertThat(log.list()).hasSize(1);
    assertThat(log.list().get(0).severity()).isEqualTo(Severity.DAMAGE);
    assertThat(log.list().get(0).what()).contains(what);
  }

  @Test
  void inodeWhoseChecksumDoesNotFitIsShownAndTold() throws IOException {
    byte[] raw = Images.raw("ext4-1k");
    Ext4Tree sound = Images.tree("ext4-1k", log);
    long number = number(sound, "/some");
    raw[inodeAt(sound, number) + 2] ^= 1;
    Node node = new Lookup(open(raw)).find("/some").node();
    assertThat(node.meta().uid()).isEqualTo(1);
    onlyDamageIs("the inode's checksum does not fit");
    assertThat(log.list().get(0).origin()).hasToString("image > ext4 inode " + number);
  }

  @Test
  void directoryBlockWhoseChecksumDoesNotFitIsReadAndTold() throws IOException {
    byte[] raw = Images.raw("ext4-1k");
    Ext4Tree sound = Images.tree("ext4-1k", log);
    Inode directory = sound.inode(number(sound, "/dir"));
    long block = sound.runs(directory, 1).get(0).block();
    raw[(int) block * 1024 + 1000] ^= 1;
    assertThat(new Lookup(open(raw)).find("/dir").node().list()).hasSize(2);
    onlyDamageIs("the directory block's checksum does not fit");
  }

  @Test
  void extentBlockWhoseChecksumDoesNotFitIsUsedAndTold() throws IOException {
    byte[] raw = Images.raw("ext4-1k");
    Ext4Tree sound = Images.tree("ext4-1k", log);
    String before =
        Hashes.of(new Lookup(sound).find("/fragments").node().content(), HashAlgorithm.SHA256);
    Inode file = sound.inode(number(sound, "/fragments"));
    byte[] field = file.blockField();
    int child = LittleEndian.i32(field, 16);
    raw[child * 1024 + 8] ^= 1;
    Node node = new Lookup(open(raw)).find("/fragments").node();
    assertThat(Hashes.of(node.content(), HashAlgorithm.SHA256)).isEqualTo(before);
    onlyDamageIs("the checksum does not fit");
  }

  @Test
  void attributeBlockWhoseChecksumDoesNotFitIsUsedAndTold() throws IOException {
    byte[] raw = Images.raw("ext4-1k");
    Ext4Tree sound = Images.tree("ext4-1k", log);
    Inode file = sound.inode(number(sound, "/shared1"));
    assertThat(file.attributeBlock()).isPositive();
    raw[(int) file.attributeBlock() * 1024 + 1023] ^= 1;
    Node node = new Lookup(open(raw)).find("/shared1").node();
    assertThat(node.attributes()).containsKey(Name.of("user.shared"));
    onlyDamageIs("the checksum does not fit");
  }

  @Test
  void attributeValueInAnInodeThatChangedIsShownAndTold() throws IOException {
    byte[] raw = Images.raw("ext4-ea-inode");
    Ext4Tree sound = Images.tree("ext4-ea-inode", log);
    long holder = 0;
    for (long number = 12; holder == 0; number++) {
      holder = sound.inode(number).has(InodeFlag.ATTRIBUTE_VALUE) ? number : 0;
    }
    long block = sound.runs(sound.inode(holder), 1).get(0).block();
    raw[(int) block * 1024 + 100] ^= 1;
    KernelListing.of(open(raw), log);
    assertThat(log.list())
        .isNotEmpty()
        .allMatch(f -> f.what().contains("does not fit its checksum"));
  }

  @Test
  void lostSuperblockIsReplacedByACopy() throws IOException {
    byte[] raw = Images.raw("ext4-1k");
    Arrays.fill(raw, 1024, 2048, (byte) 0);
    Ext4Tree tree = open(raw);
    assertThat(log.list()).filteredOn(f -> f.severity() == Severity.DAMAGE).hasSize(2);
    KernelListing kernel = KernelListing.read(Images.listing("ext4-1k"));
    assertThat(KernelListing.of(tree, log).differences(kernel, Set.of())).isEmpty();
  }

  @Test
  void lostSuperblockWithoutACopyIsAnError() throws IOException {
    byte[] raw = Images.raw("ext2-1k");
    Arrays.fill(raw, 1024, 2048, (byte) 0);
    assertThatThrownBy(() -> open(raw)).isInstanceOf(CorruptDataException.class);
  }

  @ParameterizedTest
  @CsvSource({"ext4-1k", "ext4-uninit-bg", "ext4-meta-bg"})
  void lostGroupDescriptorsAreReadFromACopy(String image) throws IOException {
    byte[] raw = Images.raw(image);
    Arrays.fill(raw, 2048, 2048 + 1024, (byte) 0xff);
    Ext4Tree tree = open(raw);
    KernelListing kernel = KernelListing.read(Images.listing(image));
    assertThat(KernelListing.of(tree, log).differences(kernel, Set.of())).isEmpty();
    assertThat(log.list()).isNotEmpty().allMatch(f -> f.what().contains("a copy is used"));
  }

  @Test
  void unknownIncompatibleFeatureIsNamedAndReadingGoesOn() throws IOException {
    byte[] raw = Images.raw("revision-0");
    raw[1024 + 0x62] |= 0x10;
    KernelListing kernel = KernelListing.read(Images.listing("revision-0"));
    assertThat(KernelListing.of(open(raw), log).differences(kernel, Set.of())).isEmpty();
    Finding told = log.list().get(0);
    assertThat(told.severity()).isEqualTo(Severity.MISSING);
    assertThat(told.found()).isEqualTo("FEATURE_I20");
    assertThat(told.offset()).isEqualTo(0x60);
    assertThat(log.list()).hasSize(1);
  }

  @Test
  void bitOfAJournalDeviceWithoutAJournalIsNotBelieved() throws IOException {
    byte[] raw = Images.raw("revision-0");
    raw[1024 + 0x60] |= 0x8;
    assertThat(open(raw).root().list()).isNotEmpty();
    assertThat(log.list()).extracting(Finding::found).containsExactly("journal_dev");
  }

  @Test
  void journalOnAnotherDeviceIsMissing() throws IOException {
    byte[] raw = Images.raw("ext3-legacy-hash");
    raw[1024 + 0x60] |= 0x4;
    Arrays.fill(raw, 1024 + 0xe0, 1024 + 0xe4, (byte) 0);
    Ext4Tree tree = open(raw);
    assertThat(tree.root().list()).isNotEmpty();
    assertThat(log.list()).extracting(Finding::severity).containsExactly(Severity.MISSING);
  }

  @Test
  void lostJournalInodeIsReplacedByItsBackup() throws IOException {
    byte[] raw = Images.raw("ext3-legacy-hash");
    Ext4Tree sound = Images.tree("ext3-legacy-hash", log);
    Arrays.fill(raw, inodeAt(sound, 8), inodeAt(sound, 8) + 128, (byte) 0);
    raw[1024 + 0x60] |= 0x4;
    assertThat(open(raw).info().state()).endsWith("journal clean");
    onlyDamageIs("the journal's inode is no file");
  }

  @Test
  void deletedInodeBehindANameIsShownAndTold() throws IOException {
    byte[] raw = Images.raw("revision-0");
    Ext4Tree sound = Images.tree("revision-0", log);
    int at = inodeAt(sound, number(sound, "/some"));
    raw[at + 0x1a] = 0;
    raw[at + 0x17] = 0x60;
    Node node = new Lookup(open(raw)).find("/some").node();
    assertThat(node.meta().times().deleted()).isNotNull();
    assertThat(node.content().size()).isEqualTo(5000);
    onlyDamageIs("stands for this deleted inode");
  }

  @Test
  void nameThatTheHashTreeMissesIsFoundAndTold() throws IOException {
    byte[] raw = Images.raw("ext2-1k");
    Ext4Tree sound = Images.tree("ext2-1k", log);
    Inode directory = sound.inode(number(sound, "/index-bytes"));
    long root = sound.runs(directory, 1).get(0).block();
    int second = (int) root * 1024 + 0x28;
    Arrays.fill(raw, second, second + 4, (byte) 0xfe);
    Ext4Tree tree = open(raw);
    for (Dirent dirent : sound.names(directory)) {
      Node found = tree.node(directory.number());
      assertThat(found.child(dirent.name())).isPresent();
    }
    assertThat(log.list())
        .extracting(Finding::what)
        .anyMatch(what -> what.contains("hash tree does not lead to the name"))
        .allMatch(what -> what.contains("hash tree does not") || what.contains("not in order"));
  }

  @Test
  void extentTreeThatLeadsBackIntoItselfEnds() throws IOException {
    byte[] raw = Images.raw("ext4-1k");
    Ext4Tree sound = Images.tree("ext4-1k", log);
    Inode file = sound.inode(number(sound, "/fragments"));
    int child = LittleEndian.i32(file.blockField(), 16);
    raw[child * 1024 + 16] = (byte) child;
    raw[child * 1024 + 17] = (byte) (child >> 8);
    Node node = new Lookup(open(raw)).find("/fragments").node();
    assertThatThrownBy(() -> node.content().bytes(0, 10))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("of another depth");
  }

  @Test
  void inodeOfAnotherTypeThanItsNameSaysIsTold() throws IOException {
    byte[] raw = Images.raw("ext4-no-sums");
    Ext4Tree sound = Images.tree("ext4-no-sums", log);
    raw[inodeAt(sound, number(sound, "/dir")) + 1] ^= (byte) 0xc0;
    Node node = new Lookup(open(raw)).find("/dir").node();
    assertThat(node.meta().isFile()).isTrue();
    onlyDamageIs("another type than it is");
  }

  @Test
  void directoryThatShowsTheBlockOfAnotherIsTold() throws IOException {
    byte[] raw = Images.raw("ext4-no-sums");
    Ext4Tree sound = Images.tree("ext4-no-sums", log);
    int mine = inodeAt(sound, number(sound, "/dir"));
    int others = inodeAt(sound, Inodes.ROOT);
    System.arraycopy(raw, others + 0x28, raw, mine + 0x28, Inode.BLOCK_FIELD_BYTES);
    new Lookup(open(raw)).find("/dir").node().list();
    assertThat(log.list())
        .extracting(Finding::what)
        .containsExactly(
            "the directory's first block does not say that it is this directory's: it is that of"
                + " inode 2",
            "a name stands for the directory that it lies in: dir");
  }

  @Test
  void directoryWhoseSizeLeavesOutItsBlocksIsReadAndTold() throws IOException {
    byte[] raw = Images.raw("ext4-no-sums");
    Ext4Tree sound = Images.tree("ext4-no-sums", log);
    int at = inodeAt(sound, number(sound, "/dir"));
    Arrays.fill(raw, at + 0x4, at + 0x8, (byte) 0);
    assertThat(new Lookup(open(raw)).find("/dir").node().list()).hasSize(2);
    onlyDamageIs("blocks behind its size");
  }

  @Test
  void directoryWithoutABlockIsTold() throws IOException {
    byte[] raw = Images.raw("ext4-no-sums");
    Ext4Tree sound = Images.tree("ext4-no-sums", log);
    int at = inodeAt(sound, number(sound, "/dir"));
    Arrays.fill(raw, at + 0x4, at + 0x8, (byte) 0);
    Arrays.fill(raw, at + 0x28 + 2, at + 0x28 + 4, (byte) 0);
    assertThat(new Lookup(open(raw)).find("/dir").node().list()).isEmpty();
    onlyDamageIs("the directory has no block");
  }

  @Test
  void checksumsOfAKindThatThereIsNotAreDamage() throws IOException {
    byte[] raw = Images.raw("ext4-1k");
    raw[1024 + 0x175] = 69;
    open(raw);
    onlyDamageIs("checksums of an unknown kind");
  }
}
