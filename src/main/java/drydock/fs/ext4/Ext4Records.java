package drydock.fs.ext4;

import static drydock.bytes.LittleEndian.u16;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.finding.Finding;
import drydock.fs.Devices;
import drydock.fs.Name;
import drydock.fs.ext4.journal.JournalPlaces;
import drydock.fs.ext4.journal.ReplayFacts;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The records of an ext file system, as an engineer looks at them. */
public final class Ext4Records {
  private final Volume volume;

  Ext4Records(Volume volume) {
    this.volume = volume;
  }

  /**
   * A checksum as it is stored and as it should be.
   *
   * @param bits how many of its bits are stored
   */
  public record Sum(int stored, int computed, int bits) {
    public boolean fits() {
      return stored == computed;
    }
  }

  /**
   * A run of blocks with records of a group.
   *
   * @param first the first block
   */
  public record Part(BlockOwner.Role role, long first, long blocks) {}

  /**
   * An extended attribute as stored.
   *
   * @param block where its entry lies; 0 for the inode
   * @param index which prefix the name has
   * @param fullName with the prefix; null when nobody knows that one
   * @param valueInode the inode that holds the value; 0 when it lies beside the entry
   */
  public record Attribute(
      long block,
      int index,
      @Nullable Name fullName,
      Name name,
      int valueOffset,
      long valueSize,
      long valueInode,
      long hash) {}

  /**
   * A file system's journal.
   *
   * @param source its blocks; what is not on the disk cannot be read
   */
  public record JournalFile(ByteSource source, ReplayFacts facts) {}

  /** Is shown a map: nodes, each before what it leads to, runs and what cannot be followed. */
  public interface MapVisitor {
    void node(MapNode node);

    void run(BlockRun run);

    void trouble(long block, String what);
  }

  /** The owners of blocks; with an empty list those that nobody claims. Reads all inodes once. */
  public SortedMap<Long, List<BlockOwner>> owners(long[] blocks) throws IOException {
    return BlockOwners.of(volume, blocks);
  }

  /** The paths that lead to inodes, as bytes. Reads all directories once. */
  public SortedMap<Long, List<byte[]>> paths(Set<Long> inodes) throws IOException {
    return InodePaths.of(volume, inodes);
  }

  /** Whether the bitmap says that a block is in use: {@code used}, {@code free}, or not known. */
  public String use(long block) throws IOException {
    return volume.bitmaps().block(block).name().toLowerCase(Locale.ROOT);
  }

  /** The same of an inode. */
  public String inodeUse(long inode) throws IOException {
    return volume.bitmaps().inode(inode).name().toLowerCase(Locale.ROOT);
  }

  /** Which group a block lies in. */
  public long groupOf(long block) {
    Superblock superblock = volume.superblock();
    return Math.max(0, block - superblock.firstDataBlock()) / superblock.blocksPerGroup();
  }

  /** Bytes of a block, the journal's changes applied; the first superblock's block included. */
  public byte[] block(long number) throws IOException {
    Superblock superblock = volume.superblock();
    if (number < 0 || number >= superblock.blocks()) {
      throw new NoSuchFileException(
          volume.origin() + ": block " + number + " (there are " + superblock.blocks() + ")");
    }
    byte[] raw = new byte[superblock.blockBytes()];
    volume.blocks().read(number, 0, raw, 0, raw.length);
    return raw;
  }

  /** The records that belong to a group, wherever they lie. */
  public List<Part> parts(long group) throws IOException {
    List<Part> parts = new ArrayList<>();
    new GroupRecords(volume)
        .of(group, (role, number, first, count) -> parts.add(new Part(role, first, count)));
    return parts;
  }

  /** How many blocks (or clusters) of a group its bitmap has as free; null when it is lost. */
  public @Nullable Long freeBlocks(long group) throws IOException {
    Superblock superblock = volume.superblock();
    long first = superblock.firstDataBlock() + group * superblock.blocksPerGroup();
    long end = Math.min(superblock.blocks(), first + superblock.blocksPerGroup());
    int perCluster = superblock.clusterBytes() / superblock.blockBytes();
    return free(volume.bitmaps().blocks(group), (end - first + perCluster - 1) / perCluster);
  }

  /** How many inodes of a group its bitmap has as free; null when it is lost. */
  public @Nullable Long freeInodes(long group) throws IOException {
    return free(volume.bitmaps().inodes(group), volume.superblock().inodesPerGroup());
  }

  private static @Nullable Long free(byte @Nullable [] map, long count) {
    if (map == null) {
      return null;
    }
    long free = 0;
    for (long bit = 0; bit < count; bit++) {
      free += (map[(int) (bit >> 3)] >> (bit & 7) & 1) == 0 ? 1 : 0;
    }
    return free;
  }

  /** The checksum of a group's descriptor; null when it has none. */
  public @Nullable Sum descriptorSum(long group) throws IOException {
    byte[] raw = volume.inodes().groups().stored(group);
    Integer computed = volume.checksums().ofDescriptor(raw, group, volume.superblock());
    return computed == null ? null : new Sum(u16(raw, 0x1e), computed, 16);
  }

  /** The checksum of an inode; null when it has none. */
  public @Nullable Sum inodeSum(Inode inode) {
    if (!volume.checksums().inodesVerified()) {
      return null;
    }
    byte[] raw = inode.shared();
    boolean wide = inode.extraBytes() >= 4;
    int stored = u16(raw, 0x7c) | (wide ? u16(raw, 0x82) << 16 : 0);
    int computed = volume.checksums().ofInode(raw, inode.number(), inode.extraBytes());
    return new Sum(stored, wide ? computed : computed & 0xffff, wide ? 32 : 16);
  }

  /** Goes through an inode's map, if it has one. */
  public void map(Inode inode, MapVisitor visitor) throws IOException {
    if (!MapWalk.isMapped(inode)) {
      return;
    }
    MapWalk.of(
        volume,
        inode,
        new MapWalk.Visitor() {
          @Override
          public void node(MapNode node) {
            visitor.node(node);
          }

          @Override
          public void run(BlockRun run) {
            visitor.run(run);
          }

          @Override
          public void trouble(long block, CorruptDataException what) {
            volume.log().add(Finding.of(what));
            visitor.trouble(block, what.what());
          }
        });
  }

  /** The entries of extended attributes, hidden ones included; what is damaged is left out. */
  public List<Attribute> attributes(Inode inode) throws IOException {
    Attributes stored = new Attributes(volume, inode);
    List<Attribute> attributes = new ArrayList<>();
    stored.inBody().forEach(each -> attributes.add(attribute(0, each)));
    long block = inode.attributeBlock();
    if (block != 0) {
      try {
        stored.inBlock().forEach(each -> attributes.add(attribute(block, each)));
      } catch (CorruptDataException e) {
        volume.log().add(e, volume.origin(inode.number()));
      }
    }
    return attributes;
  }

  private static Attribute attribute(long block, AttributeEntry entry) {
    return new Attribute(
        block,
        entry.index(),
        entry.fullName(),
        entry.name(),
        entry.valueOffset(),
        entry.valueSize(),
        entry.valueInode(),
        entry.hash());
  }

  /**
   * The journal's blocks, when they are in this file system.
   *
   * @throws NoSuchFileException when the file system has no journal of its own
   */
  public JournalFile journal() throws IOException {
    return journal(Devices.NONE);
  }

  /**
   * The journal's blocks, in this file system or on one of these devices.
   *
   * @throws NoSuchFileException when the file system has no journal of its own and none of them is
   *     its
   */
  public JournalFile journal(Devices devices) throws IOException {
    Superblock superblock = volume.superblock();
    if (superblock.journalInode() == 0) {
      for (ByteSource each : devices.all()) {
        Optional<JournalDevice> device = JournalDevice.of(each);
        if (device.isPresent() && Arrays.equals(device.get().uuid(), superblock.journalUuid())) {
          return new JournalFile(device.get().journal(), facts(JournalPlaces.WHOLE));
        }
      }
      throw new NoSuchFileException(
          volume.origin().toString(), null, "the file system has no journal of its own");
    }
    JournalContent content =
        JournalContent.of(volume, volume.inodes().read(superblock.journalInode()));
    return new JournalFile(content, facts(content));
  }

  private ReplayFacts facts(JournalPlaces places) {
    Superblock superblock = volume.superblock();
    return new ReplayFacts(
        superblock.blockBytes(), superblock.blocks(), superblock.inodeBytes(), places);
  }
}
