package drydock.fs.ext4;

import static drydock.bytes.LittleEndian.u32;

import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.fs.Name;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads all names of one directory, and tells what is wrong with them. For one reading only. */
final class LivingNames {
  static final int PARENT_BYTES = 4;
  private static final Name SELF = Name.of(".");
  private static final Name PARENT = Name.of("..");

  private final Volume volume;
  private final Inode inode;
  private final DirentForm form;
  private final Slack slack;
  private final DirentList.Packer all = new DirentList.Packer();
  private @Nullable HashRanges ranges;

  LivingNames(Volume volume, Inode inode) {
    this.volume = volume;
    this.inode = inode;
    this.form = DirentForm.of(volume, inode);
    this.slack = Slack.of(volume, inode);
  }

  /** All names but {@code .} and {@code ..}, sorted, each once. */
  DirentList read() throws IOException {
    if (inode.has(InodeFlag.INLINE_DATA)) {
      readInline();
    } else {
      readBlocks();
    }
    return all.sorted(new Twins());
  }

  private void readBlocks() throws IOException {
    DirectoryBlocks blocks = new DirectoryBlocks(volume, inode);
    blocks.extend();
    ranges = HashRanges.of(volume, inode, blocks);
    blocks.each(new OwnBlocks(blocks));
    if (ranges != null) {
      ranges.finish();
    }
  }

  /**
   * Takes the names of each block. No lambda: to make one that holds anything is slow until the
   * optimising compiler comes, and there are tens of thousands of directories.
   */
  private final class OwnBlocks implements DirectoryBlocks.Visitor {
    private final DirectoryBlocks blocks;

    OwnBlocks(DirectoryBlocks blocks) {
      this.blocks = blocks;
    }

    @Override
    public void visit(long fileBlock, byte[] raw) {
      Origin origin = blocks.origin(fileBlock);
      if (fileBlock == 0 && !isOwn(raw, origin)) {
        all.hides();
        return;
      }
      if (ranges != null) {
        ranges.enter(fileBlock, origin);
      }
      add(raw, 0, raw.length, origin);
    }
  }

  /** Every directory's first block begins with its own name, {@code .}, and then {@code ..}. */
  private boolean isOwn(byte[] raw, Origin origin) {
    DirentBlock first = new DirentBlock(raw, 0, raw.length, form);
    boolean hasSelf = first.step() && first.inode() != 0 && first.name().equals(SELF);
    boolean isOwn = hasSelf && first.inode() == inode.number();
    if (!isOwn) {
      String what = "the directory's first block does not say that it is this directory's";
      if (inode.links() == 0) {
        volume.log().add(Finding.note(origin, "the deleted directory's blocks are another's now"));
        return false;
      }
      volume
          .log()
          .add(
              Finding.damage(
                  origin, 0, hasSelf ? what + ": it is that of inode " + first.inode() : what));
      return true;
    }
    if (first.step() && first.inode() != 0 && first.name().equals(PARENT)) {
      all.parent(first.inode());
    } else if (inode.links() > 0) {
      String what = "the directory's second name is not that of its parent";
      volume.log().add(Finding.damage(origin, first.offset(), what));
    }
    return true;
  }

  /** Two areas of entries: behind the parent's number in i_block, and in the attribute. */
  private void readInline() throws IOException {
    byte[] raw = Contents.inlineBytes(volume, inode);
    Origin origin = volume.origin(inode.number()).child("inline data");
    all.parent(u32(raw, 0));
    all.hides();
    add(raw, PARENT_BYTES, Inode.BLOCK_FIELD_BYTES, origin);
    add(raw, Inode.BLOCK_FIELD_BYTES, raw.length, origin);
  }

  private void add(byte[] raw, int from, int end, Origin origin) {
    DirentBlock entries = new DirentBlock(raw, from, end, form);
    while (true) {
      while (entries.step()) {
        if (slack.mayHide(entries, raw)) {
          all.hides();
        }
        if (entries.inode() != 0) {
          add(entries, raw, origin);
        }
      }
      String trouble = entries.trouble();
      if (trouble == null) {
        return;
      }
      all.hides();
      int at = entries.offset();
      int resumed = slack.resumption(raw, at, end);
      boolean isWhole = slack.isWhole(raw, at, resumed);
      if (isWhole) {
        add(entries, raw, origin);
      }
      volume.log().add(Finding.damage(origin, at, trouble + lost(isWhole, resumed, end)));
      entries.resume(resumed);
    }
  }

  private static String lost(boolean isWhole, int resumed, int end) {
    String own = isWhole ? "; its name is shown" : "";
    return resumed == end
        ? own + "; the names behind it are lost"
        : own + "; read on from what looks like the next entry, at byte " + resumed;
  }

  private void add(DirentBlock entries, byte[] raw, Origin origin) {
    if (entries.isOfUnknownType()) {
      tell(entries, origin, "a name of a type that there is not: " + entries.name());
    }
    if (entries.isDotOrDotDot()) {
      return;
    }
    if (all.isFull()) {
      volume.damage(inode.number(), 0, "the directory has more names than can be kept");
      return;
    }
    if (ranges != null) {
      ranges.check(entries, raw);
    }
    if (entries.inode() == inode.number()) {
      tell(entries, origin, "a name stands for the directory that it lies in: " + entries.name());
    }
    if (inode.has(InodeFlag.ENCRYPTED) && entries.nameLength() > 0) {
      all.add(encrypted(entries));
    } else if (entries.isImpossibleName()) {
      String what = "a name that no path can have, of inode ";
      tell(entries, origin, what + entries.inode() + ": " + entries.name());
    } else {
      entries.addTo(all);
    }
  }

  private void tell(DirentBlock entries, Origin origin, String what) {
    volume.log().add(Finding.damage(origin, entries.offset(), what));
  }

  private Dirent encrypted(DirentBlock entries) {
    Dirent stored = entries.dirent();
    return EncryptedName.of(volume, inode, stored, entries.storedHash());
  }

  /** Tells of names that are there again; no lambda, as {@link OwnBlocks}. */
  private final class Twins implements Consumer<Dirent> {
    @Override
    public void accept(Dirent twin) {
      String what =
          "the name "
              + twin.name()
              + " is there twice; that of inode "
              + twin.inode()
              + " is left out";
      volume.damage(inode.number(), 0, what);
    }
  }
}
