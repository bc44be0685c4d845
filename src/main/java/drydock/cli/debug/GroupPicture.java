package drydock.cli.debug;

import drydock.fs.ext4.Ext4Records;
import drydock.fs.ext4.Ext4Tree;
import drydock.fs.ext4.GroupDescriptor;
import drydock.fs.ext4.Superblock;
import drydock.report.Dossier;
import drydock.report.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One block group, as it is shown to an engineer. */
record GroupPicture(Ext4Tree tree) {
  private static final String[] FLAGS = {"inode_uninit", "block_uninit", "inode_zeroed"};

  Dossier of(long number) throws IOException {
    GroupDescriptor group = tree.group(number);
    Ext4Records records = tree.records();
    Superblock superblock = tree.superblock();
    long first = superblock.firstDataBlock() + number * superblock.blocksPerGroup();
    long end = Math.min(superblock.blocks(), first + superblock.blocksPerGroup());
    Dossier dossier = new Dossier();
    dossier.add("group", Value.of(number));
    dossier.add("first_block", Value.of(first));
    dossier.add("last_block", Value.of(end - 1));
    dossier.add("first_inode", Value.of(number * superblock.inodesPerGroup() + 1));
    dossier.add("last_inode", Value.of((number + 1) * superblock.inodesPerGroup()));
    dossier.add("flags", Value.of(flags(group.flags())));
    dossier.add("free_blocks", Value.of(group.freeBlocks()));
    dossier.add("free_blocks_in_bitmap", Value.of(records.freeBlocks(number)));
    dossier.add("free_inodes", Value.of(group.freeInodes()));
    dossier.add("free_inodes_in_bitmap", Value.of(records.freeInodes(number)));
    dossier.add("directories", Value.of(group.directories()));
    dossier.add("unused_inodes", Value.of(group.unusedInodes()));
    InodePicture.sum(records.descriptorSum(number), dossier);
    dossier.add("layout", layout(records.parts(number)));
    return dossier.add("origin", Value.of(tree.origin() + " > ext4 group " + number));
  }

  private static Value layout(List<Ext4Records.Part> parts) {
    List<@Nullable Value> values = new ArrayList<>();
    for (Ext4Records.Part each : parts) {
      if (each.blocks() > 0) {
        Dossier one = new Dossier();
        one.add("part", Value.of(each.role().name().toLowerCase(Locale.ROOT)));
        one.add("first_block", Value.of(each.first()));
        one.add("blocks", Value.of(each.blocks()));
        values.add(one.value());
      }
    }
    return new Value.Many(values);
  }

  /** The bits, and their names as dumpe2fs has them. */
  static String flags(int flags) {
    StringBuilder text = new StringBuilder("0x" + Integer.toHexString(flags));
    for (int bit = 0; bit < FLAGS.length; bit++) {
      text.append((flags >> bit & 1) == 0 ? "" : " " + FLAGS[bit]);
    }
    return text.toString();
  }
}
