package drydock.fs.ext4;

import drydock.finding.Finding;
import drydock.fs.OpenOptions;
import java.io.IOException;

/** What comes between a superblock and the tree: the journal of a file system in use. */
final class Recovery {
  private Recovery() {}

  static Ext4Tree open(Volume volume, OpenOptions options) throws IOException {
    Superblock superblock = volume.superblock();
    if (!volume.has(Feature.NEEDS_RECOVERY)) {
      return new Ext4Tree(volume, Description.of(superblock, null));
    }
    String what = "the journal holds changes that are not shown";
    volume.log().add(Finding.note(volume.origin(), what));
    return new Ext4Tree(volume, Description.of(superblock, "journal not applied"));
  }
}
