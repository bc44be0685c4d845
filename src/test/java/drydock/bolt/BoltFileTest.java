package drydock.bolt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import drydock.bytes.CorruptDataException;
import drydock.bytes.UnsupportedFormatException;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BoltFileTest {
  static List<String> databases() throws IOException {
    return BoltFixtures.names();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void everyEntryIsWhatBboltReads(String name) throws IOException {
    FindingLog log = new FindingLog();
    BoltFile file = BoltFixtures.open(BoltFixtures.database(name), log);
    assertThat(BoltFixtures.dump(file)).isEqualTo(BoltFixtures.expected(name));
    assertThat(log.list()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void theOlderMetaPageReadsWithoutAnException(String name) throws IOException {
    byte[] raw = BoltFixtures.database(name);
    int older = 1 - BoltFixtures.open(raw, new FindingLog()).meta().number();
    BoltFile file = BoltFile.open(BoltFixtures.source(raw), older, new FindingLog());
    assertThat(file.meta().number()).isEqualTo(older);
    assertThat(BoltFixtures.dump(file)).isNotNull();
  }

  @Test
  void aTornMetaPageMakesTheOtherOneTheDatabase() throws IOException {
    byte[] raw = BoltFixtures.database("deletes");
    MetaPage newest = BoltFixtures.open(raw, new FindingLog()).meta();
    raw[(int) newest.offset() + 16 + 48] ^= 1;
    FindingLog log = new FindingLog();
    BoltFile file = BoltFixtures.open(raw, log);
    assertThat(file.meta().transaction()).isEqualTo(newest.transaction() - 1);
    assertThat(log.list())
        .extracting(Finding::what)
        .containsExactly(
            "meta page "
                + newest.number()
                + " is not sound; used is meta page "
                + (1 - newest.number())
                + " (transaction "
                + (newest.transaction() - 1)
                + ")");
    assertThat(log.list().get(0).found()).isEqualTo("a wrong checksum");
  }

  @ParameterizedTest
  @MethodSource("databases")
  void thePageSizeIsFoundWhenTheFirstMetaPageIsGone(String name) throws IOException {
    byte[] raw = BoltFixtures.database(name);
    int pageBytes = BoltFixtures.open(raw, new FindingLog()).pageBytes();
    Arrays.fill(raw, 0, 80, (byte) 0);
    FindingLog log = new FindingLog();
    BoltFile file = BoltFixtures.open(raw, log);
    assertThat(file.pageBytes()).isEqualTo(pageBytes);
    assertThat(file.meta().number()).isEqualTo(1);
    assertThat(log.list())
        .extracting(Finding::what)
        .anyMatch(w -> w.startsWith("meta page 0 is not sound"));
  }

  @Test
  void twoWrongChecksumsStillShowTheTree() throws IOException {
    byte[] raw = BoltFixtures.database("mix-4096-true");
    raw[16 + 56] ^= 1;
    raw[4096 + 16 + 56] ^= 1;
    FindingLog log = new FindingLog();
    assertThat(BoltFixtures.dump(BoltFixtures.open(raw, log)))
        .isEqualTo(BoltFixtures.expected("mix-4096-true"));
    assertThat(log.list()).hasSize(2);
  }

  @Test
  void aDamagedRootPageMakesTheOtherMetaPageTheDatabase() throws IOException {
    byte[] raw = BoltFixtures.database("deletes");
    BoltFile whole = BoltFixtures.open(raw, new FindingLog());
    Arrays.fill(
        raw,
        (int) whole.meta().rootPage() * 1024,
        (int) whole.meta().rootPage() * 1024 + 1024,
        (byte) 0);
    FindingLog log = new FindingLog();
    BoltFile file = BoltFixtures.open(raw, log);
    assertThat(file.meta().transaction()).isEqualTo(whole.meta().transaction() - 1);
    assertThat(BoltFixtures.dump(file)).hasSizeGreaterThan(500);
    assertThat(log.list())
        .extracting(Finding::what)
        .anyMatch(w -> w.contains("the last change is not shown"));
  }

  @Test
  void aCutOffDatabaseShowsWhatIsThere() throws IOException {
    byte[] raw = Arrays.copyOf(BoltFixtures.database("random"), 300 * 1024 + 100);
    FindingLog log = new FindingLog();
    List<String> shown = BoltFixtures.dump(BoltFixtures.open(raw, log));
    assertThat(log.list())
        .extracting(Finding::what)
        .contains(
            "the database is cut off, or its meta page is wrong",
            "a reference to a page that is not there");
    List<String> whole = BoltFixtures.expected("random");
    assertThat(whole).containsAll(shown);
    assertThat(shown).hasSizeBetween(whole.size() / 4, whole.size() - 10);
  }

  @Test
  void aDatabaseCutBeforeItsRootIsNotTakenForAnEmptyOne() throws IOException {
    byte[] raw = Arrays.copyOf(BoltFixtures.database("wide"), 40 * 1024);
    FindingLog log = new FindingLog();
    BoltFile file = BoltFixtures.open(raw, log);
    assertThat(file.meta().transaction()).isEqualTo(2);
    assertThat(BoltFixtures.dump(file)).isEmpty();
    assertThat(log.list())
        .extracting(Finding::what)
        .containsExactlyInAnyOrder(
            "the database is cut off, or its meta page is wrong",
            "a reference to a page that is not there");
  }

  @Test
  void whatIsNoDatabaseIsNamedInOneLine() {
    assertThatThrownBy(() -> BoltFixtures.open(new byte[0], new FindingLog()))
        .isInstanceOf(CorruptDataException.class)
        .hasMessage("meta.db at 0: an empty file, not a Bolt database");
    assertThatThrownBy(() -> BoltFixtures.open(new byte[65536], new FindingLog()))
        .isInstanceOf(CorruptDataException.class)
        .hasMessage("meta.db at 16: not a Bolt database, found zeros, expected 0xed0cdaed");
    assertThatThrownBy(() -> BoltFixtures.open(new byte[79], new FindingLog()))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("too short for a Bolt database");
    byte[] text = "a text file ".repeat(1000).getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> BoltFixtures.open(text, new FindingLog()))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("not a Bolt database");
  }

  @Test
  void otherVersionsAndBigEndianHostsAreNamed() throws IOException {
    byte[] swapped = BoltFixtures.database("fresh");
    for (int page = 0; page < 2; page++) {
      ByteBuffer record = ByteBuffer.wrap(swapped, page * 4096 + 16, 64);
      record.putInt(0xed0cdaed).putInt(2).putInt(4096);
    }
    assertThatThrownBy(() -> BoltFixtures.open(swapped, new FindingLog()))
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessage("meta.db: a Bolt database of a big-endian host");
    byte[] old = BoltFixtures.database("fresh");
    for (int page = 0; page < 2; page++) {
      int at = page * 4096 + 16;
      old[at + 4] = 1;
      long sum = Fnv64.hash(old, at, 56);
      ByteBuffer.wrap(old).order(ByteOrder.LITTLE_ENDIAN).putLong(at + 56, sum);
    }
    assertThatThrownBy(() -> BoltFixtures.open(old, new FindingLog()))
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessage("meta.db: a Bolt database with version 1");
  }

  @Test
  void aDatabaseWithoutFreeListSaysSo() throws IOException {
    MetaPage meta = BoltFixtures.open(BoltFixtures.database("node-meta"), new FindingLog()).meta();
    assertThat(meta.freelistPage()).isEqualTo(MetaPage.NO_FREELIST);
  }
}
