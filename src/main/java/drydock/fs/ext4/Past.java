package drydock.fs.ext4;

import drydock.bytes.CorruptDataException;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.ext4.journal.OldCopies;
import drydock.fs.ext4.journal.ReplayFacts;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the journal inside a file system keeps of earlier times; the whole log is looked through
 * when it is first asked for. Safe from many threads.
 */
final class Past {
  private final Volume volume;
  private boolean isHidden;
  private @Nullable Optional<OldCopies> copies;

  Past(Volume volume) {
    this.volume = volume;
  }

  /** How what a transaction left is called where it tells of something. */
  static String source(int transaction) {
    return "journal transaction " + Integer.toUnsignedLong(transaction);
  }

  /** Where the newest copies of a journal are not shown, older ones are not either. */
  synchronized void hide() {
    isHidden = true;
  }

  /** All older copies of blocks; none where there is no journal that can be read. */
  synchronized Optional<OldCopies> copies() throws IOException {
    if (isHidden) {
      return Optional.empty();
    }
    if (copies == null) {
      copies = scan();
    }
    return copies;
  }

  private Optional<OldCopies> scan() throws IOException {
    Superblock facts = volume.superblock();
    long journal = facts.journalInode();
    if (!volume.has(Feature.HAS_JOURNAL) || journal == 0) {
      return Optional.empty();
    }
    Volume quiet = new Volume(volume.blocks().source(), facts, new FindingLog());
    try {
      JournalContent content = JournalContent.of(quiet, quiet.inodes().read(journal));
      OldCopies found =
          OldCopies.scan(
              content,
              new ReplayFacts(facts.blockBytes(), facts.blocks(), facts.inodeBytes(), content));
      if (found.hasMore()) {
        String what = "the journal has more older copies of blocks than are looked at";
        volume.log().add(Finding.note(content.origin(), what));
      }
      return Optional.of(found);
    } catch (CorruptDataException | NoSuchFileException e) {
      return Optional.empty(); // who opened the file system was told
    }
  }
}
