package drydock.evidence;

import drydock.partition.Partition;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which of several root partitions was booted, by the attribute bits of the kernel partition beside
 * each. Knowledge: ChromiumOS disk format; vboot_reference {@code firmware/lib/cgptlib}: priority
 * in bits 48 to 51, tries left in 52 to 55, successful in 56. Bottlerocket uses the same bits.
 */
final class BootSlots {
  private static final int PRIORITY_BIT = 48;
  private static final int TRIES_BIT = 52;
  private static final int SUCCESSFUL_BIT = 56;
  private static final int NIBBLE = 15;

  /**
   * A choice.
   *
   * @param letter the slot, {@code A} or {@code B}
   * @param why the bits in words
   */
  record Slot(String letter, String why) {}

  private BootSlots() {}

  /**
   * The slot with the highest priority that was successful or may be tried; of equals the first.
   */
  static Optional<Slot> booted(List<OpenedPartition> partitions, String kernelPrefix) {
    Slot best = null;
    long highest = 0;
    for (OpenedPartition each : partitions) {
      Partition kernel = each.partition();
      String letter = letter(kernel.label(), kernelPrefix);
      long bits = kernel.attributes();
      long priority = bits >>> PRIORITY_BIT & NIBBLE;
      long tries = bits >>> TRIES_BIT & NIBBLE;
      boolean successful = (bits >>> SUCCESSFUL_BIT & 1) != 0;
      if (letter != null && priority > highest && (successful || tries > 0)) {
        highest = priority;
        String how = successful ? "successful" : tries + " tries left";
        best = new Slot(letter, kernel.label() + " has priority " + priority + ", " + how);
      }
    }
    return Optional.ofNullable(best);
  }

  private static @Nullable String letter(@Nullable String label, String prefix) {
    return label != null && label.length() == prefix.length() + 1 && label.startsWith(prefix)
        ? label.substring(prefix.length())
        : null;
  }
}
