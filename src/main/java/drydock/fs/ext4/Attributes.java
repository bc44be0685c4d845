package drydock.fs.ext4;

import static drydock.bytes.LittleEndian.i32;
import static drydock.bytes.LittleEndian.u32;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.fs.Name;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The extended attributes of one inode: those behind its fields, those in its attribute block, and
 * values that have an inode of their own (kernel {@code fs/ext4/xattr.c}).
 */
final class Attributes {
  private static final int HEADER_BYTES = 32;
  private static final int CHECKSUM_AT = 16;
  private static final int MAX_VALUE = 1 << 24;

  private final Volume volume;
  private final Inode inode;

  Attributes(Volume volume, Inode inode) {
    this.volume = volume;
    this.inode = inode;
  }

  /** All that the kernel would show to root. What is damaged is left out and told. */
  SortedMap<Name, byte[]> all() throws IOException {
    if (!hasBodyTable() && inode.attributeBlock() == 0) {
      return Collections.emptySortedMap();
    }
    SortedMap<Name, byte[]> all = new TreeMap<>();
    addFromBody(all);
    addFromBlock(all);
    return all;
  }

  /** What inline data goes on with behind the 60 bytes in the inode. */
  byte[] inlineData() throws IOException {
    byte[] raw = inode.shared();
    if (hasBodyTable()) {
      int first = bodyTable();
      for (AttributeEntry entry : AttributeEntry.decode(raw, first).entries()) {
        if (entry.isInlineData()) {
          return beside(entry, raw, first, volume.origin(inode.number()));
        }
      }
    }
    return new byte[0];
  }

  private boolean hasBodyTable() {
    byte[] raw = inode.shared();
    int at = bodyTable() - 4;
    return raw.length > Inode.CLASSIC_BYTES
        && inode.extraBytes() > 0
        && at + 4 <= raw.length
        && i32(raw, at) == AttributeEntry.MAGIC;
  }

  private int bodyTable() {
    return Inode.CLASSIC_BYTES + inode.extraBytes() + 4;
  }

  private void addFromBody(SortedMap<Name, byte[]> all) throws IOException {
    if (hasBodyTable()) {
      add(all, inode.shared(), bodyTable(), bodyTable(), volume.origin(inode.number()));
    }
  }

  private void addFromBlock(SortedMap<Name, byte[]> all) throws IOException {
    long number = inode.attributeBlock();
    if (number == 0) {
      return;
    }
    Origin origin = volume.origin(inode.number()).child("attribute block " + number);
    try {
      byte[] raw = block(number, origin);
      add(all, raw, HEADER_BYTES, 0, origin);
    } catch (CorruptDataException e) {
      volume.log().add(e, origin);
    }
  }

  private byte[] block(long number, Origin origin) throws IOException {
    if (!volume.blocks().contains(number, 1)) {
      throw new CorruptDataException(origin, 0, "the block lies beyond the file system");
    }
    byte[] raw = volume.blocks().metadata(number);
    if (i32(raw, 0) != AttributeEntry.MAGIC || u32(raw, 8) != 1) {
      throw new CorruptDataException(origin, 0, "no block of extended attributes");
    }
    if (volume.checksums().verified()) {
      byte[] place = new byte[8];
      Checksums.putInt(place, 0, (int) number);
      Checksums.putInt(place, 4, (int) (number >>> 32));
      int seed = Checksums.crc32c(volume.checksums().seed(), place);
      if (Checksums.crc32cWithout(seed, raw, raw.length, CHECKSUM_AT) != i32(raw, CHECKSUM_AT)) {
        volume.log().add(Finding.damage(origin, CHECKSUM_AT, "the checksum does not fit"));
      }
    }
    return raw;
  }

  private void add(SortedMap<Name, byte[]> all, byte[] raw, int from, int base, Origin origin)
      throws IOException {
    AttributeEntry.Table table = AttributeEntry.decode(raw, from);
    Integer broken = table.brokenAt();
    if (broken != null) {
      volume
          .log()
          .add(Finding.damage(origin, broken, "the table of extended attributes breaks off"));
    }
    for (AttributeEntry entry : table.entries()) {
      Name name = entry.fullName();
      if (name == null && !entry.isHidden()) {
        String what = "an extended attribute with an unknown prefix: " + entry.index();
        volume.log().add(Finding.note(origin, what));
      }
      if (name == null || entry.isHidden()) {
        continue;
      }
      try {
        byte[] value = value(entry, raw, base, origin);
        all.putIfAbsent(name, entry.isAcl() ? acl(value, name, origin) : value);
      } catch (CorruptDataException e) {
        volume.log().add(e, origin);
      }
    }
  }

  private byte[] acl(byte[] stored, Name name, Origin origin) {
    Optional<byte[]> shown = PosixAcl.shown(stored);
    if (shown.isEmpty()) {
      volume.log().add(Finding.damage(origin, 0, name + " is no access control list"));
    }
    return shown.orElse(stored);
  }

  private byte[] value(AttributeEntry entry, byte[] raw, int base, Origin origin)
      throws IOException {
    return entry.valueInode() != 0 ? ofInode(entry, origin) : beside(entry, raw, base, origin);
  }

  private static byte[] beside(AttributeEntry entry, byte[] raw, int base, Origin origin)
      throws CorruptDataException {
    long from = (long) base + entry.valueOffset();
    if (entry.valueSize() > raw.length || from > raw.length - entry.valueSize()) {
      throw new CorruptDataException(
          origin, base, "the value of extended attribute " + entry.name() + " lies outside");
    }
    return Arrays.copyOfRange(raw, (int) from, (int) (from + entry.valueSize()));
  }

  private byte[] ofInode(AttributeEntry entry, Origin origin) throws IOException {
    String what =
        "the value of extended attribute " + entry.name() + " in inode " + entry.valueInode();
    if (entry.valueSize() > MAX_VALUE) {
      throw new CorruptDataException(
          origin, 0, what + " is too large", String.valueOf(entry.valueSize()), null);
    }
    Inode holder;
    try {
      holder = volume.inodes().read(entry.valueInode());
    } catch (NoSuchFileException e) {
      throw new CorruptDataException(origin, 0, what + ": there is no such inode");
    }
    if (!holder.has(InodeFlag.ATTRIBUTE_VALUE) || holder.size() < entry.valueSize()) {
      throw new CorruptDataException(origin, 0, what + " is not there");
    }
    ByteSource content = Contents.of(volume, holder);
    if (content.size() < entry.valueSize()) {
      throw new CorruptDataException(origin, 0, what + " is cut off");
    }
    byte[] value = content.bytes(0, (int) entry.valueSize());
    checkHash(holder, value, what, origin);
    return value;
  }

  /** The holder keeps the value's checksum as its access time; Lustre's older ones keep none. */
  private void checkHash(Inode holder, byte[] value, String what, Origin origin) {
    boolean isLustres =
        holder.generation() == inode.generation() && holder.word(0x10) == (int) inode.number();
    if (volume.has(Feature.EA_INODE)
        && !isLustres
        && holder.word(0x8) != Checksums.crc32c(volume.checksums().seed(), value)) {
      volume.log().add(Finding.damage(origin, 0, what + " does not fit its checksum"));
    }
  }

  /**
   * A table of entries.
   *
   * @param from where its entries begin in {@code raw}
   * @param base from where it counts its values
   * @param isBlock whether it is a block of its own, which inodes can share
   */
  record Table(byte[] raw, int from, int base, boolean isBlock, Origin origin) {}

  /** The tables that there are and can be read. */
  private List<Table> tables() throws IOException {
    List<Table> tables = new ArrayList<>();
    if (hasBodyTable()) {
      int from = bodyTable();
      Origin origin = volume.origin(inode.number());
      tables.add(new Table(inode.shared(), from, from, false, origin));
    }
    long number = inode.attributeBlock();
    if (number != 0 && volume.blocks().contains(number, 1)) {
      byte[] raw = volume.blocks().metadata(number);
      if (i32(raw, 0) == AttributeEntry.MAGIC) {
        Origin origin = volume.origin(inode.number()).child("attribute block " + number);
        tables.add(new Table(raw, HEADER_BYTES, 0, true, origin));
      }
    }
    return tables;
  }

  /** Everything that is wrong with them, values included, goes to the log. */
  void check() throws IOException {
    all();
    for (Table table : tables()) {
      new AttributeCheck(volume, table).run();
    }
  }

  /** All entries as stored. */
  List<AttributeEntry> stored() throws IOException {
    List<AttributeEntry> entries = new ArrayList<>();
    for (Table table : tables()) {
      entries.addAll(AttributeEntry.decode(table.raw, table.from).entries());
    }
    return entries;
  }

  /** Those of the attribute block. */
  List<AttributeEntry> storedInBlock() throws IOException {
    List<AttributeEntry> entries = new ArrayList<>();
    for (Table table : tables()) {
      if (table.isBlock) {
        entries.addAll(AttributeEntry.decode(table.raw, table.from).entries());
      }
    }
    return entries;
  }

  /** How many inodes share the attribute block, as it says. */
  long statedSharers() throws IOException {
    return u32(volume.blocks().metadata(inode.attributeBlock()), 4);
  }

  /** The same of the attribute block, which there must be. */
  List<AttributeEntry> inBlock() throws IOException {
    long number = inode.attributeBlock();
    Origin origin = volume.origin(inode.number()).child("attribute block " + number);
    return AttributeEntry.decode(block(number, origin), HEADER_BYTES).entries();
  }

  /** For the debugging view: what the tables say, as stored. */
  List<AttributeEntry> inBody() {
    return hasBodyTable()
        ? AttributeEntry.decode(inode.shared(), bodyTable()).entries()
        : List.of();
  }
}
