/**
 * The jbd2 journal of ext3 and ext4: what recovery would write, laid over the file system in
 * memory.
 *
 * <pre>
 *   block 0      first                                        last          maxlen
 *   ┌──────────┬─────────────────────────────────────────────┬───────────────┐
 *   │superblock│ log: goes round from last to first          │ fast commits  │
 *   └──────────┴─────────────────────────────────────────────┴───────────────┘
 *   one transaction N:
 *   ┌────────────┬──────┬──────┬─────┬────────────┬──────┬────────┬────────┐
 *   │descriptor N│ data │ data │ ... │descriptor N│ data │revoke N│commit N│
 *   │ tag tag ...│      │      │     │ tag ...    │      │        │        │
 *   └────────────┴──────┴──────┴─────┴────────────┴──────┴────────┴────────┘
 *     a tag: which block of the file system the data block replaces
 * </pre>
 *
 * <p>Read: superblocks of both versions, all tag layouts, the three checksum schemes, revokes,
 * wrapped logs and numbers, escaped blocks, fast commits; for who asks, what is left of
 * transactions from before the log's start.
 *
 * <p>Knowledge: Linux fs/jbd2/recovery.c, fs/jbd2/journal.c, fs/jbd2/revoke.c,
 * include/linux/jbd2.h, fs/ext4/fast_commit.c and fast_commit.h;
 * Documentation/filesystems/ext4/journal.rst.
 */
@NullMarked
package drydock.fs.ext4.journal;

import org.jspecify.annotations.NullMarked;
