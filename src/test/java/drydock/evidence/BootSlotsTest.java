package drydock.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.ArraySource;
import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import drydock.fs.OpenOptions;
import drydock.partition.Partition;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BootSlotsTest {
  private static OpenedPartition kernel(String label, long priority, long tries, long successful) {
    long bits = priority << 48 | tries << 52 | successful << 56;
    ArraySource bytes = new ArraySource(new byte[0], Origin.of("disk"));
    Partition partition = new Partition(2, 0, 0, null, null, null, label, bits, bytes);
    return new OpenedPartition(partition, OpenOptions.DEFAULT, new FindingLog());
  }

  private static Optional<String> booted(OpenedPartition... partitions) {
    return BootSlots.booted(List.of(partitions), "KERN-").map(BootSlots.Slot::letter);
  }

  @Test
  void highestPriorityIsBootedWhereverItStands() {
    assertThat(booted(kernel("KERN-A", 2, 0, 1), kernel("KERN-B", 1, 0, 1))).contains("A");
    assertThat(booted(kernel("KERN-A", 1, 0, 1), kernel("KERN-B", 2, 0, 1))).contains("B");
    assertThat(booted(kernel("KERN-A", 14, 0, 1), kernel("KERN-B", 15, 3, 0))).contains("B");
  }

  @Test
  void ofEqualPrioritiesTheFirstIsBooted() {
    assertThat(booted(kernel("KERN-A", 1, 0, 1), kernel("KERN-B", 1, 0, 1))).contains("A");
  }

  @Test
  void slotThatNeverWorkedAndMayNotBeTriedIsNotBooted() {
    assertThat(booted(kernel("KERN-A", 15, 0, 0), kernel("KERN-B", 1, 0, 1))).contains("B");
  }

  @Test
  void noBitsTellNothing() {
    assertThat(booted(kernel("KERN-A", 0, 0, 0), kernel("KERN-B", 0, 15, 1))).isEmpty();
    assertThat(booted(kernel("ROOT-A", 1, 0, 1))).isEmpty();
  }
}
