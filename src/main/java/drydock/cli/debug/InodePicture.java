package drydock.cli.debug;

import drydock.fs.NodeType;
import drydock.fs.ext4.BlockRun;
import drydock.fs.ext4.Dirent;
import drydock.fs.ext4.Ext4Records;
import drydock.fs.ext4.Ext4Tree;
import drydock.fs.ext4.Inode;
import drydock.fs.ext4.InodeFlag;
import drydock.fs.ext4.MapNode;
import drydock.report.Dossier;
import drydock.report.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One inode with all that hangs on it, as it is shown to an engineer. */
record InodePicture(Ext4Tree tree) {
  private static final int MAX_PARTS = 100_000;

  Dossier of(long number) throws IOException {
    Ext4Records records = tree.records();
    Inode inode = tree.inode(number);
    Dossier dossier = new Dossier();
    dossier.add("inode", Value.of(inode.number()));
    dossier.add("use", Value.of(records.inodeUse(number)));
    dossier.add("paths", paths(records.paths(Set.of(number)).get(number)));
    dossier.add("type", Value.of(inode.type().label()));
    dossier.add("mode", Value.of(String.format(Locale.ROOT, "%06o", inode.mode())));
    dossier.add("uid", Value.of(inode.uid()));
    dossier.add("gid", Value.of(inode.gid()));
    dossier.add("size", Value.of(inode.size()));
    dossier.add("links", Value.of(inode.links()));
    dossier.add("sectors", Value.of(inode.sectors()));
    dossier.add("flags", Value.of(flags(inode)));
    dossier.add("generation", Value.of(inode.generation()));
    dossier.add("version", Value.of(inode.version()));
    dossier.add("project", Value.of(inode.project()));
    times(inode, dossier);
    dossier.add("extra_bytes", Value.of(inode.extraBytes()));
    sum(records.inodeSum(inode), dossier);
    dossier.add("attribute_block", Value.of(inode.attributeBlock()));
    dossier.add("attributes", attributes(records.attributes(inode)));
    dossier.add("block_field", Value.of(HexFormat.of().formatHex(inode.blockField())));
    hurd(inode.hurdFields(), dossier);
    Map map = new Map();
    records.map(inode, map);
    dossier.add("nodes", new Value.Many(map.nodes));
    dossier.add("runs", new Value.Many(map.runs));
    if (inode.type() == NodeType.DIRECTORY) {
      dossier.add("names", names(inode));
    }
    return dossier.add("origin", Value.of(tree.origin() + " > inode " + number));
  }

  private static void hurd(Inode.@Nullable HurdFields hurd, Dossier dossier) {
    if (hurd != null) {
      dossier.add("translator_block", Value.of(hurd.translatorBlock()));
      dossier.add("mode_high", Value.of("0x" + Integer.toHexString(hurd.modeHigh())));
      dossier.add("author", Value.of(hurd.author()));
    }
  }

  private static void times(Inode inode, Dossier dossier) {
    dossier.add("modified", Value.of(inode.times().modified()));
    dossier.add("accessed", Value.of(inode.times().accessed()));
    dossier.add("changed", Value.of(inode.times().changed()));
    dossier.add("born", Value.of(inode.times().born()));
    dossier.add("deleted", Value.of(inode.times().deleted()));
    dossier.add("deletion_field", Value.of(inode.deletionField()));
  }

  /** A checksum in three fields; none where there is no checksum. */
  static void sum(Ext4Records.@Nullable Sum sum, Dossier dossier) {
    if (sum != null) {
      dossier.add("checksum", Value.of(hex(sum.stored(), sum.bits())));
      dossier.add("checksum_computed", Value.of(hex(sum.computed(), sum.bits())));
      dossier.add("checksum_fits", Value.of(sum.fits()));
    }
  }

  static Value paths(@Nullable List<byte[]> paths) {
    List<@Nullable Value> values = new ArrayList<>();
    for (byte[] path : paths == null ? List.<byte[]>of() : paths) {
      values.add(new Value.Bytes(path));
    }
    return new Value.Many(values);
  }

  private static Value attributes(List<Ext4Records.Attribute> attributes) {
    List<@Nullable Value> values = new ArrayList<>();
    for (Ext4Records.Attribute each : attributes) {
      Dossier one = new Dossier();
      one.add("place", Value.of(each.block() == 0 ? "inode" : "block " + each.block()));
      one.add("index", Value.of(each.index()));
      one.add(
          "name",
          new Value.Bytes((each.fullName() == null ? each.name() : each.fullName()).bytes()));
      one.add("value_offset", Value.of(each.valueOffset()));
      one.add("value_bytes", Value.of(each.valueSize()));
      one.add("value_inode", Value.of(each.valueInode()));
      one.add("hash", Value.of(hex((int) each.hash(), Integer.SIZE)));
      values.add(one.value());
    }
    return new Value.Many(values);
  }

  /** Collects a map's nodes and runs, as many as anybody looks at. */
  private static final class Map implements Ext4Records.MapVisitor {
    private final List<@Nullable Value> nodes = new ArrayList<>();
    private final List<@Nullable Value> runs = new ArrayList<>();

    @Override
    public void node(MapNode node) {
      if (nodes.size() == MAX_PARTS) {
        return;
      }
      Dossier one = new Dossier();
      one.add("block", Value.of(node.block()));
      one.add("depth", Value.of(node.depth()));
      one.add("file_block", Value.of(node.fileBlock()));
      one.add("entries", Value.of(node.entries()));
      one.add("max", Value.of(node.max()));
      Integer stored = node.stored();
      Integer computed = node.computed();
      if (stored != null && computed != null) {
        sum(new Ext4Records.Sum(stored, computed, Integer.SIZE), one);
      }
      nodes.add(one.value());
    }

    @Override
    public void run(BlockRun run) {
      if (runs.size() == MAX_PARTS) {
        return;
      }
      Dossier one = new Dossier();
      one.add("file_block", Value.of(run.start()));
      one.add("blocks", Value.of(run.end() - run.start()));
      one.add("disk_block", Value.of(run.block()));
      one.add("state", Value.of(run.state().name().toLowerCase(Locale.ROOT)));
      runs.add(one.value());
    }

    @Override
    public void trouble(long block, String what) {
      Dossier one = new Dossier();
      one.add("block", Value.of(block));
      one.add("trouble", Value.of(what));
      nodes.add(one.value());
    }
  }

  private Value names(Inode directory) throws IOException {
    List<@Nullable Value> names = new ArrayList<>();
    for (Dirent dirent : tree.names(directory)) {
      names.add(
          new Dossier()
              .add("inode", Value.of(dirent.inode()))
              .add("name", new Value.Bytes(dirent.name().bytes()))
              .value());
    }
    return new Value.Many(names);
  }

  private static String flags(Inode inode) {
    List<String> known = inode.flagSet().stream().map(InodeFlag::label).toList();
    return (hex(inode.flags(), Integer.SIZE) + " " + String.join(" ", known)).strip();
  }

  static String hex(int number, int bits) {
    return bits == Integer.SIZE
        ? String.format(Locale.ROOT, "0x%08x", number)
        : String.format(Locale.ROOT, "0x%04x", number);
  }
}
