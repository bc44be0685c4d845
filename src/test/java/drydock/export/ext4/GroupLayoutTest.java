package drydock.export.ext4;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupLayoutTest {
  @ParameterizedTest
  @CsvSource({
    "2049, 11",
    "32768, 11",
    "32765, 11",
    "100000, 5000",
    "2100, 1000000",
    "2100, 32768",
    "2100, 32769",
    "2100, 2000000000",
    "3000000000, 100000000",
    "65534, 65537"
  })
  void everythingHasItsPlaceAndNoGroupIsLeftEmpty(long dataEnd, long inodes) {
    GroupLayout layout = GroupLayout.of(dataEnd, inodes);
    assertThat(layout.inodes()).isBetween(inodes, inodes + 16L * layout.groups());
    assertThat(layout.inodesPerGroup()).isLessThanOrEqualTo(32_768).isPositive();
    assertThat(layout.inodesPerGroup() % 16).isZero();
    assertThat(layout.blockBitmaps()).isEqualTo(dataEnd);
    assertThat(layout.table(0)).isEqualTo(dataEnd + 2L * layout.groups());
    assertThat(layout.table(layout.groups() - 1) + layout.tableBlocks())
        .isEqualTo(layout.usedBlocks());
    long most = layout.usedBlocks() + layout.usedBlocks() / 500 + 64;
    assertThat(layout.blocks()).isBetween(layout.usedBlocks(), most);
    assertThat((layout.blocks() - 1) / layout.blocksPerGroup()).isEqualTo(layout.groups() - 1);
    assertThat(layout.descriptorsEnd()).isLessThanOrEqualTo(2049);
  }
}
