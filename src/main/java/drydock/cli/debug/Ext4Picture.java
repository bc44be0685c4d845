package drydock.cli.debug;

import drydock.fs.NodeType;
import drydock.fs.ext4.BlockRun;
import drydock.fs.ext4.Dirent;
import drydock.fs.ext4.Ext4Tree;
import drydock.fs.ext4.Inode;
import drydock.fs.ext4.InodeFlag;
import drydock.fs.ext4.Superblock;
import drydock.report.Dossier;
import drydock.report.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Parts of an ext file system as they are shown to an engineer. */
record Ext4Picture(Ext4Tree tree) {
  private static final int MAX_RUNS = 100_000;

  Dossier superblock() {
    Superblock s = tree.superblock();
    Dossier dossier = new Dossier();
    dossier.add("label", text(s.label()));
    dossier.add("uuid", Value.of(s.uuidText()));
    dossier.add("last_mounted", text(s.lastMounted()));
    dossier.add("journal", Value.of(tree.info().state()));
    dossier.add("features", Value.of(String.join(" ", s.features().labels())));
    dossier.add("revision", Value.of(s.revision()));
    dossier.add("state", Value.of("0x" + Integer.toHexString(s.state())));
    dossier.add("inodes", Value.of(s.inodes()));
    dossier.add("free_inodes", Value.of(s.freeInodes()));
    dossier.add("blocks", Value.of(s.blocks()));
    dossier.add("free_blocks", Value.of(s.freeBlocks()));
    dossier.add("block_bytes", Value.of(s.blockBytes()));
    dossier.add("cluster_bytes", Value.of(s.clusterBytes()));
    dossier.add("inode_bytes", Value.of(s.inodeBytes()));
    dossier.add("first_inode", Value.of(s.firstInode()));
    dossier.add("first_data_block", Value.of(s.firstDataBlock()));
    dossier.add("blocks_per_group", Value.of(s.blocksPerGroup()));
    dossier.add("inodes_per_group", Value.of(s.inodesPerGroup()));
    dossier.add("groups", Value.of(s.groups()));
    dossier.add("groups_per_flex", Value.of(s.groupsPerFlex()));
    dossier.add("descriptor_bytes", Value.of(s.descriptorBytes()));
    dossier.add("journal_inode", Value.of(s.journalInode()));
    dossier.add("last_orphan", Value.of(s.lastOrphan()));
    dossier.add("orphan_file_inode", Value.of(s.orphanFile()));
    dossier.add("created", Value.of(s.created()));
    dossier.add("mounted", Value.of(s.mounted()));
    dossier.add("written", Value.of(s.written()));
    dossier.add("checked", Value.of(s.checked()));
    dossier.add("mounts", Value.of(s.mounts()));
    dossier.add("checksum_seed", Value.of(hex(s.checksumSeed())));
    dossier.add("checksum", Value.of(hex(s.checksum())));
    dossier.add("errors", Value.of(s.errors().count()));
    s.bookkeeping().details().forEach((name, value) -> dossier.add(name, Value.of(value)));
    return dossier.add("origin", Value.of(tree.origin()));
  }

  Dossier inode(long number) throws IOException {
    Inode inode = tree.inode(number);
    Dossier dossier = new Dossier();
    dossier.add("inode", Value.of(inode.number()));
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
    dossier.add("modified", Value.of(inode.times().modified()));
    dossier.add("accessed", Value.of(inode.times().accessed()));
    dossier.add("changed", Value.of(inode.times().changed()));
    dossier.add("born", Value.of(inode.times().born()));
    dossier.add("deleted", Value.of(inode.times().deleted()));
    dossier.add("deletion_field", Value.of(inode.deletionField()));
    dossier.add("extra_bytes", Value.of(inode.extraBytes()));
    dossier.add("attribute_block", Value.of(inode.attributeBlock()));
    dossier.add("block_field", Value.of(HexFormat.of().formatHex(inode.blockField())));
    Inode.HurdFields hurd = inode.hurdFields();
    if (hurd != null) {
      dossier.add("translator_block", Value.of(hurd.translatorBlock()));
      dossier.add("mode_high", Value.of("0x" + Integer.toHexString(hurd.modeHigh())));
      dossier.add("author", Value.of(hurd.author()));
    }
    dossier.add("runs", runs(inode));
    if (inode.type() == NodeType.DIRECTORY) {
      dossier.add("names", names(inode));
    }
    return dossier.add("origin", Value.of(tree.origin() + " > inode " + number));
  }

  private Value runs(Inode inode) throws IOException {
    List<@Nullable Value> runs = new ArrayList<>();
    for (BlockRun run : tree.runs(inode, MAX_RUNS)) {
      runs.add(
          new Dossier()
              .add("file_block", Value.of(run.start()))
              .add("blocks", Value.of(run.end() - run.start()))
              .add("disk_block", Value.of(run.block()))
              .add("state", Value.of(run.state().name().toLowerCase(Locale.ROOT)))
              .value());
    }
    return new Value.Many(runs);
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
    return (hex(inode.flags()) + " " + String.join(" ", known)).strip();
  }

  private static @Nullable Value text(byte[] bytes) {
    return bytes.length == 0 ? null : new Value.Bytes(bytes);
  }

  private static String hex(int bits) {
    return String.format(Locale.ROOT, "0x%08x", bits);
  }
}
