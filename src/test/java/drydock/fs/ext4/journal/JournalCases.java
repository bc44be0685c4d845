package drydock.fs.ext4.journal;

import static drydock.fs.ext4.journal.JournalBuilder.ASYNC;
import static drydock.fs.ext4.journal.JournalBuilder.BITS64;
import static drydock.fs.ext4.journal.JournalBuilder.BLOCK;
import static drydock.fs.ext4.journal.JournalBuilder.REVOKE;
import static drydock.fs.ext4.journal.JournalBuilder.V2;
import static drydock.fs.ext4.journal.JournalBuilder.V3;
import static drydock.fs.ext4.journal.JournalBuilder.block;

import drydock.fs.ext4.journal.JournalBuilder.Logged;
import java.util.ArrayList;
import java.util.List;

/**
 * Journals, sound and damaged, and what comes of them: of each what the first eight blocks of the
 * file system hold afterwards. The kernel's column is what Linux 6.18 did (LiveJournalTest).
 */
final class JournalCases {
  static final int LENGTH = 1024;
  private static final int FAST_COMMIT = 0x20;
  private static final int START = 1;
  private static final long EARLIER = 1_600_000_000L;
  private static final int LAST = LENGTH - 1;

  /**
   * One journal.
   *
   * @param ours what we make of it
   * @param kernels what the kernel makes of it; the same where it is left out
   * @param mounts whether the kernel mounts it
   * @param holes blocks of the journal that are not on the disk
   */
  record Case(
      String name,
      JournalBuilder journal,
      String ours,
      String kernels,
      boolean mounts,
      ReplayState state,
      List<Integer> holes) {
    @Override
    public String toString() {
      return name;
    }

    Case kernel(String other) {
      return new Case(name, journal, ours, other, mounts, state, holes);
    }

    Case hole(int block) {
      return new Case(name, journal, ours, kernels, mounts, state, List.of(block));
    }
  }

  private final List<Case> cases = new ArrayList<>();
  private final long base;

  private JournalCases(long base) {
    this.base = base;
  }

  /** All cases, for a file system whose first block for them is this one. */
  static List<Case> at(long base) {
    JournalCases all = new JournalCases(base);
    all.layouts();
    all.ends();
    all.checksums();
    all.version1();
    all.revokes();
    all.superblocks();
    all.holes();
    return all.cases;
  }

  private JournalBuilder journal(int features) {
    return journal(features, START);
  }

  private JournalBuilder journal(int features, int start) {
    return new JournalBuilder(features, LENGTH, start, 10).base(base);
  }

  private void mounts(String name, JournalBuilder journal, String picture) {
    cases.add(new Case(name, journal, picture, picture, true, ReplayState.APPLIED, List.of()));
  }

  /** Sound for the kernel, which takes the damage for the log's end. */
  private void endsThere(String name, JournalBuilder journal, String picture) {
    cases.add(new Case(name, journal, picture, picture, true, ReplayState.DAMAGED, List.of()));
  }

  private void refused(String name, JournalBuilder journal, String ours, String kernels) {
    cases.add(new Case(name, journal, ours, kernels, false, ReplayState.DAMAGED, List.of()));
  }

  private void unreadable(String name, JournalBuilder journal) {
    cases.add(
        new Case(name, journal, "ffffffff", "ffffffff", false, ReplayState.UNREADABLE, List.of()));
  }

  private void layouts() {
    for (int layout : new int[] {0, BITS64, V2, V2 | BITS64, V3, V3 | BITS64}) {
      mounts(
          "tags of layout " + layout,
          journal(REVOKE | layout)
              .descriptor(block(1, 'A'), block(2, 'B'), new Logged(3, 'C', true))
              .commit()
              .descriptor(block(2, 'b'))
              .commit(),
          "fAbCffff");
    }
    mounts(
        "superblock of version 1",
        journal(0).version1().compat(-1).descriptor(block(1, 'A')).commit(),
        "fAffffff");
    mounts(
        "wrapped in the middle of data",
        journal(V3, LAST - 2)
            .descriptor(block(1, 'A'), block(2, 'B'), block(3, 'C'), block(4, 'D'))
            .commit(),
        "fABCDfff");
    mounts(
        "numbers go round",
        new JournalBuilder(0, LENGTH, START, -1)
            .base(base)
            .descriptor(block(1, 'A'))
            .commit()
            .descriptor(block(2, 'B'))
            .commit(),
        "fABfffff");
    unreadable(
        "fast commits without room for them",
        journal(FAST_COMMIT, LAST - 2)
            .descriptor(block(1, 'A'), block(2, 'B'), block(3, 'C'))
            .commit());
  }

  private void ends() {
    mounts(
        "last one not committed",
        journal(V3).descriptor(block(1, 'A')).commit().descriptor(block(2, 'x')),
        "fAffffff");
    endsThere(
        "commit block lost in the middle",
        journal(0)
            .descriptor(block(1, 'A'))
            .commit()
            .descriptor(block(2, 'B'))
            .commit()
            .flip(0)
            .descriptor(block(3, 'C'))
            .commit(),
        "fAffffff");
    endsThere(
        "descriptor lost in the middle",
        journal(V3)
            .descriptor(block(1, 'A'))
            .commit()
            .descriptor(block(2, 'B'))
            .flip(1)
            .commit()
            .descriptor(block(3, 'C'))
            .commit(),
        "fAffffff");
    endsThere(
        "number of a commit block wrong",
        journal(0).descriptor(block(1, 'A')).commit().flip(11).descriptor(block(2, 'B')).commit(),
        "ffffffff");
    endsThere(
        "type of a block unknown",
        journal(0).descriptor(block(1, 'A')).commit().descriptor(block(2, 'B')).flip(7).commit(),
        "fAffffff");
    mounts(
        "what follows is of an older use",
        journal(0)
            .descriptor(block(1, 'A'))
            .commit()
            .sequence(5)
            .committedAt(EARLIER)
            .descriptor(block(2, 'x'))
            .commit(),
        "fAffffff");
    endsThere(
        "superblock expects an earlier number",
        journal(0).lie(24, 9).descriptor(block(1, 'A')).commit().descriptor(block(2, 'B')).commit(),
        "ffffffff");
    mounts(
        "superblock expects a later number",
        journal(0).lie(24, 11).descriptor(block(1, 'A')).commit(),
        "ffffffff");
    mounts(
        "time of commits goes back",
        journal(V3)
            .descriptor(block(1, 'A'))
            .commit()
            .committedAt(EARLIER)
            .descriptor(block(2, 'B'))
            .commit(),
        "fABfffff");
  }

  private void checksums() {
    for (int sums : new int[] {V2, V3}) {
      refused(
          "data wrong with sums " + sums,
          journal(sums)
              .descriptor(block(1, 'A'), block(2, 'B'), block(3, 'C'))
              .flip(2 * BLOCK + 100)
              .commit()
              .descriptor(block(4, 'D'))
              .commit(),
          "fAfCDfff",
          "fAfCDfff");
      refused(
          "descriptor wrong with sums " + sums,
          journal(sums)
              .descriptor(block(1, 'A'))
              .commit()
              .descriptor(block(2, 'B'))
              .flip(900)
              .commit(),
          "fAffffff",
          "ffffffff");
      mounts(
          "descriptor wrong and older with sums " + sums,
          journal(sums)
              .descriptor(block(1, 'A'))
              .commit()
              .descriptor(block(2, 'B'))
              .flip(900)
              .committedAt(EARLIER)
              .commit(),
          "fAffffff");
      refused(
          "commit wrong with sums " + sums,
          journal(sums)
              .descriptor(block(1, 'A'))
              .commit()
              .descriptor(block(2, 'B'))
              .commit()
              .flip(17)
              .descriptor(block(3, 'C'))
              .commit(),
          "fAffffff",
          "fAffffff");
      refused(
          "revoke block wrong with sums " + sums,
          journal(sums | REVOKE).descriptor(block(1, 'A')).commit().revoke(1).flip(900).commit(),
          "fAffffff",
          "ffffffff");
    }
    mounts(
        "commit wrong and older",
        journal(V3)
            .descriptor(block(1, 'A'))
            .commit()
            .committedAt(EARLIER)
            .descriptor(block(2, 'B'))
            .commit()
            .flip(17),
        "fAffffff");
    mounts(
        "commit of which only the header reached the disk",
        journal(V3).descriptor(block(1, 'A')).commit().flip(700),
        "fAffffff");
    mounts(
        "commit wrong, asynchronous",
        journal(V3 | ASYNC)
            .descriptor(block(1, 'A'))
            .commit()
            .descriptor(block(2, 'B'))
            .commit()
            .flip(17),
        "fAffffff");
    endsThere(
        "commit wrong, asynchronous, another follows",
        journal(V3 | ASYNC)
            .descriptor(block(1, 'A'))
            .commit()
            .flip(17)
            .descriptor(block(2, 'B'))
            .commit(),
        "ffffffff");
    mounts(
        "descriptor wrong but never committed",
        journal(V3).descriptor(block(1, 'A')).commit().descriptor(block(2, 'B')).flip(900),
        "fAffffff");
  }

  private void version1() {
    mounts(
        "sums of version 1",
        journal(REVOKE)
            .sumsOfVersion1()
            .descriptor(block(1, 'A'), new Logged(2, 'B', true))
            .descriptor(block(3, 'C'))
            .revoke(1)
            .commit()
            .descriptor(block(4, 'D'))
            .commit(),
        "ffBCDfff");
    mounts(
        "sums of version 1 left out",
        journal(0).compat(1).descriptor(block(1, 'A')).commit(),
        "fAffffff");
    refused(
        "data wrong with sums of version 1",
        journal(0)
            .sumsOfVersion1()
            .descriptor(block(1, 'A'))
            .commit()
            .descriptor(block(2, 'B'))
            .flip(BLOCK + 100)
            .commit(),
        "fAffffff",
        "fAffffff");
    mounts(
        "data wrong with sums of version 1 and older",
        journal(0)
            .sumsOfVersion1()
            .descriptor(block(1, 'A'))
            .commit()
            .committedAt(EARLIER)
            .descriptor(block(2, 'B'))
            .flip(BLOCK + 100)
            .commit(),
        "fAffffff");
    mounts(
        "data wrong with sums of version 1, asynchronous",
        journal(ASYNC)
            .sumsOfVersion1()
            .descriptor(block(1, 'A'))
            .commit()
            .descriptor(block(2, 'B'))
            .flip(BLOCK + 100)
            .commit(),
        "fAffffff");
    refused(
        "data wrong with sums of version 1, asynchronous, another follows",
        journal(ASYNC)
            .sumsOfVersion1()
            .descriptor(block(1, 'A'))
            .commit()
            .descriptor(block(2, 'B'))
            .flip(BLOCK + 100)
            .commit()
            .descriptor(block(3, 'C'))
            .commit(),
        "fAffffff",
        "fAffffff");
  }

  private void revokes() {
    for (int bits : new int[] {0, BITS64, V3 | BITS64}) {
      mounts(
          "revoked, of layout " + bits,
          journal(REVOKE | bits)
              .descriptor(block(1, 'A'), block(2, 'B'))
              .commit()
              .descriptor(block(2, 'b'))
              .revoke(1, 2)
              .commit()
              .descriptor(block(2, 'c'))
              .commit(),
          "ffcfffff");
    }
    refused(
        "revoke block claims too much",
        journal(REVOKE).descriptor(block(1, 'A')).commit().revoke(1).flip(13).commit(),
        "fAffffff",
        "ffffffff");
    refused(
        "revoke block claims too much but was never committed",
        journal(REVOKE).descriptor(block(1, 'A')).commit().revoke(1).flip(13),
        "fAffffff",
        "ffffffff");
    mounts(
        "revoke by what was never committed",
        journal(REVOKE).descriptor(block(1, 'A')).commit().revoke(1),
        "fAffffff");
    refused(
        "block beyond the file system",
        journal(BITS64).descriptor(block(1, 'A'), block(1L << 40, 'x'), block(2, 'B')).commit(),
        "fABfffff",
        "fAffffff");
  }

  private void superblocks() {
    refused(
        "start behind the journal",
        journal(0).startAt(LENGTH).descriptor(block(1, 'A')).commit(),
        "ffffffff",
        "ffffffff");
    unreadable(
        "longer than its file", journal(0).lie(16, LENGTH + 1).descriptor(block(1, 'A')).commit());
    unreadable("first block is 0", journal(0).lie(20, 0).descriptor(block(1, 'A')).commit());
    unreadable(
        "first block behind the end",
        journal(0).lie(20, LENGTH).descriptor(block(1, 'A')).commit());
    unreadable("block size wrong", journal(0).lie(12, 2048).descriptor(block(1, 'A')).commit());
    unreadable("feature unknown", journal(0x4000).descriptor(block(1, 'A')).commit());
    unreadable(
        "read-only feature unknown", journal(0).lie(44, 1).descriptor(block(1, 'A')).commit());
    unreadable("two versions of sums", journal(V2 | V3).descriptor(block(1, 'A')).commit());
    unreadable(
        "versions 1 and 3 of sums", journal(V3).compat(1).descriptor(block(1, 'A')).commit());
    unreadable("kind of sums unknown", journal(V3).lie(80, 0x01000000).commit());
    unreadable("type of the superblock wrong", journal(0).lie(4, 1).commit());
    mounts(
        "first block later than the second",
        journal(V3, LAST - 1).lie(20, START).descriptor(block(1, 'A'), block(2, 'B')).commit(),
        "fABfffff");
  }

  /**
   * The kernel (6.18) goes on with another block where the journal has a hole, the one whose number
   * is that of the journal's block; here nothing is made up.
   */
  private void holes() {
    endsThere(
        "hole instead of a descriptor",
        journal(0).descriptor(block(1, 'A')).commit().descriptor(block(2, 'B')).commit(),
        "fAffffff");
    hole(START + 3);
    endsThere(
        "hole instead of a commit block",
        journal(0).descriptor(block(1, 'A')).commit().descriptor(block(2, 'B')).commit(),
        "fAffffff");
    hole(START + 5);
    endsThere(
        "hole instead of data",
        journal(0)
            .descriptor(block(1, 'A'), block(2, 'B'), block(3, 'C'))
            .commit()
            .descriptor(block(4, 'D'))
            .commit(),
        "fAfCDfff");
    hole(START + 2);
    kernel("fA\u00ffCDfff");
    refused(
        "hole instead of data with sums",
        journal(V3)
            .descriptor(block(1, 'A'), block(2, 'B'), block(3, 'C'))
            .commit()
            .descriptor(block(4, 'D'))
            .commit(),
        "fAfCDfff",
        "fAfCDfff");
    hole(START + 2);
    mounts("hole behind the end", journal(0).descriptor(block(1, 'A')).commit(), "fAffffff");
    hole(START + 20);
  }

  private void kernel(String picture) {
    int last = cases.size() - 1;
    cases.set(last, cases.get(last).kernel(picture));
  }

  private void hole(int block) {
    int last = cases.size() - 1;
    cases.set(last, cases.get(last).hole(block));
  }
}
