package drydock.fs.ext4;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.fs.NodeType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What lies between the entries of a block, and where a broken chain goes on. */
class SlackTest {
  private static final DirentForm FORM = new DirentForm(1024, true, false, false);
  private static final int FILE = 1;
  private static final int LAST_INODE = 5000;

  private final byte[] raw = new byte[1024];
  private final List<String> found = new ArrayList<>();

  private void entry(int at, int inode, int length, String name) {
    entry(at, inode, length, FILE, name);
  }

  private void entry(int at, int inode, int length, int type, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
    Checksums.putInt(raw, at, inode);
    Checksums.putInt(raw, at + 4, length | bytes.length << 16 | type << 24);
    System.arraycopy(bytes, 0, raw, at + 8, bytes.length);
  }

  private List<String> between(DirentForm form) {
    return between(form, false);
  }

  private List<String> between(DirentForm form, boolean isEncrypted) {
    found.clear();
    new Slack(form, isEncrypted, LAST_INODE)
        .between(
            raw,
            0,
            raw.length,
            (offset, entry) -> found.add(offset + " " + entry.inode() + " " + entry.name()));
    return found;
  }

  @Test
  void entryThatItsPredecessorSwallowedIsFound() {
    entry(0, 12, 1024, "a");
    entry(12, 13, 16, "gone-1");
    entry(28, 14, 996, "gone-2");
    assertThat(between(FORM)).containsExactly("12 13 gone-1", "28 14 gone-2");
  }

  @Test
  void freeRecordAtTheStartIsFoundThoughItsInodeIsWiped() {
    entry(0, 0, 1024, "first");
    entry(16, 14, 1008, "second");
    assertThat(between(FORM)).containsExactly("0 0 first", "16 14 second");
  }

  @Test
  void livingEntriesChecksumAndDotsAreNone() {
    entry(0, 12, 12, 2, ".");
    entry(12, 2, 1000, 2, "..");
    entry(24, 12, 12, 2, ".");
    entry(36, 2, 12, 2, "..");
    entry(1012, 0, 12, 0xde, "");
    assertThat(between(FORM)).isEmpty();
  }

  @Test
  void entryIsFoundAtAnyMultipleOfFour() {
    entry(0, 12, 1024, "a-long-living-name");
    entry(28, 0x41414141, 0x4141, 0x41, "what is left of a text");
    entry(76, 20, 20, "behind");
    assertThat(between(FORM)).containsExactly("76 20 behind");
  }

  @Test
  void whatCannotBeAnEntryIsNone() {
    entry(0, 12, 1024, "a");
    entry(12, LAST_INODE + 1, 16, "inode");
    entry(36, 13, 16, 8, "type");
    entry(60, 13, 16, 0, "none");
    entry(84, 13, 18, "odd");
    entry(108, 13, 12, "too-long-for-it");
    entry(140, 13, 16, "a/b");
    entry(164, 13, 16, "a\0b");
    entry(188, 13, 2000, "leaves");
    entry(212, 13, 16, "");
    assertThat(between(FORM)).isEmpty();
    entry(212, 13, 16, "x");
    assertThat(between(FORM)).containsExactly("212 13 x");
  }

  @Test
  void nameOfWhichALaterEntryTookTheEndIsNone() {
    entry(0, 12, 12, "a");
    entry(12, 13, 40, "a-name-that-was-here-before");
    entry(32, 14, 992, "over-it");
    Checksums.putInt(raw, 4, 32 | 1 << 16 | FILE << 24);
    assertThat(between(FORM)).isEmpty();
  }

  @Test
  void withoutTypesTheLengthHasSixteenBits() {
    DirentForm form = new DirentForm(1024, false, false, false);
    entry(0, 12, 1024, 0, "a");
    entry(12, 13, 16, 0, "gone");
    entry(28, 13, 16, 1, "typed");
    assertThat(between(form)).containsExactly("12 13 gone");
  }

  @Test
  void dataBehindANameIsNoSlack() {
    DirentForm form = new DirentForm(1024, true, true, false);
    entry(0, 12, 1024, 0x11, "with-fid\0\u0011");
    raw[6] = 8;
    entry(20, 13, 12, "x");
    entry(48, 14, 12, "y");
    assertThat(between(form)).containsExactly("48 14 y");
    assertThat(between(FORM)).containsExactly("20 13 x", "48 14 y");
  }

  @Test
  void hashBehindANameIsNoSlack() {
    DirentForm form = new DirentForm(1024, true, false, true);
    entry(0, 12, 1024, "sixteen-bytes-or");
    Checksums.putInt(raw, 24, 13);
    Checksums.putInt(raw, 28, 12 | 1 << 16 | FILE << 24);
    raw[32] = 'x';
    assertThat(between(form)).isEmpty();
    assertThat(between(FORM)).containsExactly("24 13 x");
  }

  @Test
  void encryptedNamesHaveAnyBytesAndAtLeastSixteenOfThem() {
    entry(0, 12, 1024, "sixteen/bytes\0or");
    entry(24, 13, 12, "x");
    entry(36, 14, 24, "sixteen/bytes\0no");
    assertThat(between(FORM, true)).hasSize(1).allMatch(each -> each.startsWith("36 14 "));
  }

  @Test
  void typeOfADeletedNameIsTold() {
    entry(0, 12, 1024, "a");
    entry(12, 13, 1012, 7, "link");
    List<Dirent> entries = new ArrayList<>();
    new Slack(FORM, false, LAST_INODE).between(raw, 0, 1024, (offset, entry) -> entries.add(entry));
    assertThat(entries).extracting(Dirent::type).containsExactly(NodeType.SYMLINK);
  }

  @Test
  void chainGoesOnWhereLengthsLeadToTheEnd() {
    entry(0, 12, 12, "a");
    entry(12, 13, 0, "broken");
    entry(28, 14, 16, "stale");
    entry(60, 15, 12, "next");
    entry(72, 16, 952, "last");
    Slack slack = new Slack(FORM, false, LAST_INODE);
    assertThat(slack.resumption(raw, 12, 1024)).isEqualTo(60);
    assertThat(slack.isWhole(raw, 12, 60)).isTrue();
    assertThat(between(FORM)).containsExactly("28 14 stale");
    entry(72, 16, 948, "last");
    assertThat(slack.resumption(raw, 12, 1024)).isEqualTo(1024);
  }

  /** A block in which entries come and go as in a kernel that wipes nothing. */
  @Test
  void whatIsFoundIsWhatWasDeletedAndNotWrittenOver() {
    Random random = new Random(20261122);
    for (int round = 0; round < 300; round++) {
      DirentModel model = new DirentModel(1024, random);
      for (int step = 0; step < 120; step++) {
        model.step();
      }
      System.arraycopy(model.bytes(), 0, raw, 0, raw.length);
      assertThat(between(FORM)).isEqualTo(model.deleted());
      if (!mayHide()) {
        assertThat(model.deleted()).isEmpty();
      }
    }
  }

  @Test
  void blockOfLivingNamesAloneHidesNothing() {
    entry(0, 12, 12, ".");
    entry(12, 2, 12, "..");
    entry(24, 13, 988, "living");
    entry(1012, 0, 12, 0xde, "");
    assertThat(mayHide()).isFalse();
    entry(24 + 16, 14, 12, "a");
    assertThat(mayHide()).isTrue();
  }

  @Test
  void freeRecordHidesWhatItHolds() {
    entry(0, 12, 1012, "living");
    entry(1012, 0, 12, "f");
    assertThat(mayHide()).isTrue();
  }

  @Test
  void lastBytesOfABlockHideTheShortestName() {
    entry(0, 12, 1024, "living");
    entry(1012, 13, 12, "x");
    assertThat(between(FORM)).containsExactly("1012 13 x");
    assertThat(mayHide()).isTrue();
  }

  private boolean mayHide() {
    DirentBlock chain = new DirentBlock(raw, 0, raw.length, FORM);
    Slack slack = new Slack(FORM, false, LAST_INODE);
    boolean mayHide = false;
    while (chain.step()) {
      mayHide |= slack.mayHide(chain, raw);
    }
    return mayHide;
  }
}
