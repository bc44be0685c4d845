package drydock.fs.ext4;

import drydock.fs.FileSystemInfo;
import drydock.fs.NameText;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a superblock says, in words. */
final class Description {
  /** What becomes of a journal whose changes are not shown. */
  static final String NOT_APPLIED = "journal not applied";

  private final Volume volume;
  private final Superblock superblock;
  private final Map<String, String> details = new LinkedHashMap<>();

  private Description(Volume volume) {
    this.volume = volume;
    this.superblock = volume.superblock();
  }

  /** {@code journal} says what became of the journal; null when there is nothing to say. */
  static FileSystemInfo of(Volume volume, @Nullable String journal) throws IOException {
    Superblock superblock = volume.superblock();
    Description description = new Description(volume);
    description.fill();
    return new FileSystemInfo(
        superblock.features().fileSystem(),
        text(superblock.label()),
        superblock.uuidText(),
        journal == null ? state(superblock) : state(superblock) + ", " + journal,
        text(superblock.lastMounted()),
        superblock.size(),
        description.details);
  }

  private void fill() throws IOException {
    put("block_size", superblock.blockBytes());
    if (superblock.clusterBytes() != superblock.blockBytes()) {
      put("cluster_size", superblock.clusterBytes());
    }
    put("blocks", superblock.blocks());
    put("free_blocks", superblock.freeBlocks());
    put("inode_size", superblock.inodeBytes());
    put("inodes", superblock.inodes());
    put("free_inodes", superblock.freeInodes());
    put("groups", superblock.groups());
    put("revision", superblock.revision());
    details.put("features", String.join(" ", superblock.features().labels()));
    put("created", superblock.created());
    put("mounted", superblock.mounted());
    put("written", superblock.written());
    put("checked", superblock.checked());
    put("mounts", superblock.mounts());
    put("kibibytes_written", superblock.kibibytesWritten());
    if (superblock.journalInode() != 0) {
      put("journal_inode", superblock.journalInode());
    }
    fillHidden();
    fillErrors();
  }

  /** What only few file systems have. */
  private void fillHidden() throws IOException {
    Bookkeeping more = superblock.bookkeeping();
    putInode("user_quota_inode", more.userQuota());
    putInode("group_quota_inode", more.groupQuota());
    putInode("project_quota_inode", more.projectQuota());
    putInode("orphan_file_inode", superblock.orphanFile());
    if (!more.isLinux()) {
      details.put("made_by", more.creatorName());
    }
    if (superblock.features().has(Feature.CASEFOLD)) {
      details.put("encoding", more.encodingText());
    }
    MountGuard guard = superblock.features().has(Feature.MMP) ? MountGuard.read(volume) : null;
    if (guard != null) {
      details.put("mmp", guard.summary());
    }
  }

  private void putInode(String name, long number) {
    if (number != 0) {
      put(name, number);
    }
  }

  private void fillErrors() {
    Superblock.Errors errors = superblock.errors();
    if (errors.count() == 0) {
      return;
    }
    put("errors", errors.count());
    put("first_error", errors.first());
    details.put("first_error_function", errors.firstFunction());
    put("last_error", errors.last());
    details.put("last_error_function", errors.lastFunction());
  }

  private void put(String name, long number) {
    details.put(name, Long.toString(number));
  }

  private void put(String name, @Nullable Instant time) {
    if (time != null) {
      details.put(name, time.toString());
    }
  }

  private static String state(Superblock superblock) {
    boolean valid = (superblock.state() & Superblock.STATE_VALID) != 0;
    boolean dirty = superblock.features().has(Feature.NEEDS_RECOVERY);
    String state = valid && !dirty ? "clean" : "not unmounted cleanly";
    return (superblock.state() & Superblock.STATE_ERROR) != 0 ? state + ", with errors" : state;
  }

  private static @Nullable String text(byte[] bytes) {
    return bytes.length == 0 ? null : NameText.of(bytes);
  }
}
