package drydock.fs.ext4.journal;

import java.util.EnumSet;
import java.util.Set;

/** What a journal's superblock says of its layout; named as dumpe2fs names it. */
public enum JournalFeature {
  CHECKSUM_V1("journal_checksum", 0, 0x1),
  REVOKE("journal_incompat_revoke", 1, 0x1),
  BLOCKS_64BIT("journal_64bit", 1, 0x2),
  ASYNC_COMMIT("journal_async_commit", 1, 0x4),
  CHECKSUM_V2("journal_checksum_v2", 1, 0x8),
  CHECKSUM_V3("journal_checksum_v3", 1, 0x10),
  FAST_COMMIT("fast_commit", 1, 0x20);

  /** All bits of the incompatible feature word that are known. */
  static final long KNOWN_INCOMPAT = 0x3f;

  private final String label;
  private final int word;
  private final long bit;

  JournalFeature(String label, int word, long bit) {
    this.label = label;
    this.word = word;
    this.bit = bit;
  }

  /** The name that dumpe2fs prints. */
  public String label() {
    return label;
  }

  static Set<JournalFeature> decode(long compat, long incompat) {
    EnumSet<JournalFeature> features = EnumSet.noneOf(JournalFeature.class);
    for (JournalFeature feature : values()) {
      if (((feature.word == 0 ? compat : incompat) & feature.bit) != 0) {
        features.add(feature);
      }
    }
    return features;
  }
}
