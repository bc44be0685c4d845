package drydock.cli.debug;

import drydock.finding.FindingLog;
import drydock.fs.ext4.BlockOwner;
import drydock.fs.ext4.Ext4Records;
import drydock.fs.ext4.Ext4Tree;
import drydock.report.Column;
import drydock.report.Dossier;
import drydock.report.Report;
import drydock.report.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What blocks are part of, as it is shown to an engineer. */
record BlockPicture(Ext4Tree tree) {
  private static final int HEX_BYTES = 16;

  /**
   * A block with one of its owners.
   *
   * @param owner null when nobody claims it
   * @param journal what it holds in the journal; null elsewhere
   */
  record Owned(
      long block,
      String use,
      @Nullable BlockOwner owner,
      @Nullable String journal,
      List<byte[]> paths) {}

  private static final List<String> NAMES =
      List.of(
          "block",
          "use",
          "owner",
          "group",
          "inode",
          "file_block",
          "depth",
          "deleted",
          "journal",
          "paths");

  static final Report<Owned> ROWS =
      new Report<>(
          List.of(
              Column.of("block", o -> Value.of(o.block())),
              Column.of("use", o -> Value.of(o.use())),
              Column.of("owner", o -> role(o.owner())),
              Column.of("group", o -> o.owner() == null ? null : Value.of(o.owner().group())),
              Column.of("inode", o -> inode(o.owner())),
              Column.of("file_block", o -> fileBlock(o.owner())),
              Column.of("depth", o -> depth(o.owner())),
              Column.of("deleted", o -> deleted(o.owner())),
              Column.of("journal", o -> Value.of(o.journal())),
              Column.of("paths", o -> InodePicture.paths(o.paths()))),
          NAMES);

  private static @Nullable Value role(@Nullable BlockOwner owner) {
    return owner == null ? null : Value.of(owner.role().name().toLowerCase(Locale.ROOT));
  }

  private static @Nullable Value inode(@Nullable BlockOwner owner) {
    return owner == null || owner.inode() == 0 ? null : Value.of(owner.inode());
  }

  /** Of a block of a file, or of what tells where a file's blocks are. */
  private static @Nullable Value fileBlock(@Nullable BlockOwner owner) {
    return owner != null && owner.group() == null ? Value.of(owner.position()) : null;
  }

  private static @Nullable Value depth(@Nullable BlockOwner owner) {
    return owner != null && owner.role().isMap() ? Value.of(owner.depth()) : null;
  }

  private static @Nullable Value deleted(@Nullable BlockOwner owner) {
    return owner != null && owner.group() == null ? Value.of(owner.deleted()) : null;
  }

  private static boolean isInodes(@Nullable BlockOwner owner) {
    return owner != null && owner.group() == null;
  }

  /** All owners of blocks, one after the other. */
  List<Owned> of(long[] blocks) throws IOException {
    Ext4Records records = tree.records();
    SortedMap<Long, List<BlockOwner>> found = records.owners(blocks);
    Set<Long> inodes = new TreeSet<>();
    Set<Long> journalBlocks = new TreeSet<>();
    for (List<BlockOwner> owners : found.values()) {
      for (BlockOwner each : owners) {
        if (isInodes(each) && !each.deleted()) {
          inodes.add(each.inode());
        }
        if (each.role() == BlockOwner.Role.JOURNAL) {
          journalBlocks.add(each.position());
        }
      }
    }
    SortedMap<Long, List<byte[]>> paths = records.paths(inodes);
    Map<Long, String> journal = JournalPicture.contents(tree, journalBlocks, new FindingLog());
    List<Owned> all = new ArrayList<>();
    for (Map.Entry<Long, List<BlockOwner>> each : found.entrySet()) {
      String use = records.use(each.getKey());
      if (each.getValue().isEmpty()) {
        all.add(new Owned(each.getKey(), use, null, null, List.of()));
      }
      for (BlockOwner owner : each.getValue()) {
        boolean isJournal = owner.role() == BlockOwner.Role.JOURNAL;
        List<byte[]> names = isInodes(owner) ? paths.get(owner.inode()) : null;
        all.add(
            new Owned(
                each.getKey(),
                use,
                owner,
                isJournal ? journal.get(owner.position()) : null,
                names == null ? List.of() : names));
      }
    }
    return all;
  }

  /** One block with all of its owners. */
  Dossier dossier(long block, boolean hex) throws IOException {
    Ext4Records records = tree.records();
    byte[] raw = records.block(block);
    long offset = block * raw.length;
    List<@Nullable Value> owners = new ArrayList<>();
    for (Owned each : of(new long[] {block})) {
      if (each.owner() != null) {
        Dossier one = Dossier.of(ROWS, each);
        owners.add(one.only(NAMES.subList(2, NAMES.size())).value());
      }
    }
    Dossier dossier = new Dossier();
    dossier.add("block", Value.of(block));
    dossier.add("offset", Value.of(offset));
    dossier.add("bytes", Value.of(raw.length));
    dossier.add("group", Value.of(records.groupOf(block)));
    dossier.add("use", Value.of(records.use(block)));
    dossier.add("owners", new Value.Many(owners));
    if (hex) {
      dossier.add("hex", new Value.Many(hex(raw, offset)));
    }
    return dossier.add("origin", Value.of(tree.origin() + " > block " + block));
  }

  /** Sixteen bytes a line, with their offset in the file system. */
  private static List<@Nullable Value> hex(byte[] raw, long offset) {
    HexFormat spaced = HexFormat.ofDelimiter(" ");
    List<@Nullable Value> lines = new ArrayList<>();
    for (int at = 0; at < raw.length; at += HEX_BYTES) {
      StringBuilder line = new StringBuilder();
      line.append(HexFormat.of().toHexDigits(offset + at, 12)).append("  ");
      line.append(spaced.formatHex(raw, at, at + HEX_BYTES)).append("  |");
      for (int i = at; i < at + HEX_BYTES; i++) {
        line.append(raw[i] >= ' ' && raw[i] < 0x7f ? (char) raw[i] : '.');
      }
      lines.add(Value.of(line.append('|').toString()));
    }
    return lines;
  }
}
