package drydock.cli.debug;

import drydock.fs.ext4.Ext4Tree;
import drydock.fs.ext4.Superblock;
import drydock.report.Dossier;
import drydock.report.Value;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Parts of an ext file system as they are shown to an engineer. */
record Ext4Picture(Ext4Tree tree) {
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

  private static @Nullable Value text(byte[] bytes) {
    return bytes.length == 0 ? null : new Value.Bytes(bytes);
  }

  private static String hex(int bits) {
    return String.format(Locale.ROOT, "0x%08x", bits);
  }
}
