package drydock.fs.ext4.journal;

/**
 * Where a journal's own blocks lie, as far as recovery must know: a block that lies nowhere cannot
 * be recovered from, and a copy of a block of the journal itself is none of the file system.
 */
public interface JournalPlaces {
  /** Of a journal without holes on a device of its own. */
  JournalPlaces WHOLE =
      new JournalPlaces() {
        @Override
        public boolean isThere(long journalBlock) {
          return true;
        }

        @Override
        public boolean isJournal(long block) {
          return false;
        }
      };

  /** Whether a block of the journal is on the disk at all. */
  boolean isThere(long journalBlock);

  /** Whether that block of the file system belongs to the journal. */
  boolean isJournal(long block);
}
