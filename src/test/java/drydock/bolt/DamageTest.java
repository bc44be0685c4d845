package drydock.bolt;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.CorruptDataException;
import drydock.bytes.UnsupportedFormatException;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DamageTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  static List<String> databases() throws IOException {
    return BoltFixtures.names();
  }

  /** Reads everything there is; the entries shown, or none when it is no database any more. */
  private static List<String> readAll(byte[] raw, FindingLog log) throws IOException {
    try {
      BoltFile file = BoltFixtures.open(raw, log);
      List<String> lines = BoltFixtures.dump(file);
      PageMap.of(file).forEach(page -> assertThat(page.number()).isBetween(0L, (long) raw.length));
      TreeDump.of(file, row -> assertThat(row.valueBytes()).isBetween(0, raw.length));
      return lines;
    } catch (CorruptDataException | UnsupportedFormatException e) {
      log.add(e, BoltFixtures.source(raw).origin());
      return List.of();
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void aDatabaseCutShortAnywhereIsReadOrNamed(String name) throws IOException {
    byte[] whole = BoltFixtures.database(name);
    int used =
        (int)
            (BoltFixtures.open(whole, new FindingLog()).meta().pageCount()
                * BoltFixtures.open(whole, new FindingLog()).pageBytes());
    int expected = BoltFixtures.expected(name).size();
    Assertions.assertTimeoutPreemptively(
        LIMIT,
        () -> {
          for (int i = 0; i < 60; i++) {
            int length = i < 20 ? i * 13 : (int) ((long) used * (i - 20) / 40);
            FindingLog log = new FindingLog();
            assertThat(readAll(Arrays.copyOf(whole, length), log))
                .hasSizeLessThanOrEqualTo(expected);
            assertThat(log.hasLosses()).as("cut to " + length).isTrue();
          }
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void flippedBitsNeverEndInAnotherException(String name) throws IOException {
    byte[] whole = BoltFixtures.database(name);
    int pageBytes = BoltFixtures.open(whole, new FindingLog()).pageBytes();
    int used = (int) BoltFixtures.open(whole, new FindingLog()).meta().pageCount();
    int expected = BoltFixtures.expected(name).size();
    Random random = new Random(42);
    Assertions.assertTimeoutPreemptively(
        LIMIT,
        () -> {
          for (int i = 0; i < 120; i++) {
            byte[] raw = whole.clone();
            for (int flips = 1 + i % 12; flips > 0; flips--) {
              int at =
                  random.nextInt(used) * pageBytes + random.nextInt(i % 2 == 0 ? 96 : pageBytes);
              raw[at] ^= (byte) (1 << random.nextInt(8));
            }
            FindingLog log = new FindingLog();
            assertThat(readAll(raw, log)).hasSizeLessThan(expected * 4 + 70_000);
          }
        });
  }

  /** The first leaf page of the bucket with many keys, and its place in the file. */
  private static int leafOf(byte[] raw) throws IOException {
    Cursor cursor =
        BoltFixtures.open(raw, new FindingLog()).root().bucket("b").orElseThrow().cursor();
    cursor.moveTo(new byte[] {'0', '0', '3'});
    return (int) cursor.page().id() * 1024;
  }

  private static ByteBuffer little(byte[] raw) {
    return ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static List<String> whats(FindingLog log) {
    return log.list().stream().map(Finding::what).toList();
  }

  @Test
  void aPageWithAnotherNumberIsLeftOutAndTheRestShown() throws IOException {
    byte[] raw = BoltFixtures.database("deletes");
    int leaf = leafOf(raw);
    little(raw).putLong(leaf, 9999);
    FindingLog log = new FindingLog();
    List<String> shown = BoltFixtures.dump(BoltFixtures.open(raw, log));
    assertThat(whats(log)).containsExactly("a page with the number of another");
    assertThat(log.list().get(0).origin()).hasToString("meta.db > page " + leaf / 1024);
    assertThat(BoltFixtures.expected("deletes")).containsAll(shown);
    assertThat(shown).hasSizeGreaterThan(BoltFixtures.expected("deletes").size() - 30);
  }

  @Test
  void aPageOfTheWrongTypeIsLeftOut() throws IOException {
    byte[] raw = BoltFixtures.database("deletes");
    little(raw).putShort(leafOf(raw) + 8, (short) 0x10);
    FindingLog log = new FindingLog();
    BoltFixtures.dump(BoltFixtures.open(raw, log));
    assertThat(whats(log)).containsExactly("a page of the wrong type");
    assertThat(log.list().get(0).found()).isEqualTo("freelist");
  }

  @Test
  void aWrongCountIsSeenByThePositionsAndNothingIsLost() throws IOException {
    for (int wrong : new int[] {1, 3, 40, 0xffff}) {
      byte[] raw = BoltFixtures.database("deletes");
      little(raw).putShort(leafOf(raw) + 10, (short) wrong);
      FindingLog log = new FindingLog();
      assertThat(BoltFixtures.dump(BoltFixtures.open(raw, log)))
          .isEqualTo(BoltFixtures.expected("deletes"));
      assertThat(whats(log)).containsExactly("the number of elements is wrong");
    }
  }

  @Test
  void anElementThatLeavesThePageIsTheOnlyOneLost() throws IOException {
    byte[] raw = BoltFixtures.database("deletes");
    little(raw).putInt(leafOf(raw) + 16 + 3 * 16 + 12, 1 << 30);
    FindingLog log = new FindingLog();
    List<String> shown = BoltFixtures.dump(BoltFixtures.open(raw, log));
    assertThat(shown).hasSize(BoltFixtures.expected("deletes").size() - 1);
    assertThat(whats(log)).anyMatch(w -> w.startsWith("element 3 is left out"));
  }

  @Test
  void anElementThatLiesOverAnotherIsTheOnlyOneLost() throws IOException {
    byte[] raw = BoltFixtures.database("deletes");
    int second = leafOf(raw) + 16 + 2 * 16;
    int fourth = leafOf(raw) + 16 + 4 * 16;
    little(raw).putInt(fourth + 4, little(raw).getInt(second + 4) - 2 * 16);
    FindingLog log = new FindingLog();
    List<String> shown = BoltFixtures.dump(BoltFixtures.open(raw, log));
    assertThat(BoltFixtures.expected("deletes")).containsAll(shown);
    assertThat(shown).hasSize(BoltFixtures.expected("deletes").size() - 1);
    assertThat(whats(log)).hasSize(1).allMatch(w -> w.startsWith("element 4 is left out"));
  }

  @Test
  void keysOutOfOrderAreSaidAndStillFound() throws IOException {
    byte[] raw = BoltFixtures.database("deletes");
    Cursor cursor =
        BoltFixtures.open(raw, new FindingLog()).root().bucket("b").orElseThrow().cursor();
    BoltEntry entry = cursor.seek(new byte[] {'0', '0', '3'}).orElseThrow();
    BoltEntry next = cursor.next().orElseThrow();
    int leaf = (int) cursor.page().id() * 1024;
    int at = indexOf(raw, next.key(), leaf);
    raw[at + 5] = (byte) '0';
    raw[at + 2] = (byte) '2';
    FindingLog log = new FindingLog();
    Bucket bucket = BoltFixtures.open(raw, log).root().bucket("b").orElseThrow();
    assertThat(bucket.get(entry.key())).isPresent();
    assertThat(BoltFixtures.dump(BoltFixtures.open(raw, log)))
        .hasSameSizeAs(BoltFixtures.expected("deletes"));
    assertThat(whats(log)).contains("the keys of the page are out of order");
  }

  private static int indexOf(byte[] raw, byte[] wanted, int from) {
    for (int at = from; ; at++) {
      if (Arrays.equals(raw, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
  }

  /** The branch page at the top of the bucket with many keys. */
  private static int branchOf(byte[] raw) throws IOException {
    return (int)
            BoltFixtures.open(raw, new FindingLog())
                .root()
                .bucket("b")
                .orElseThrow()
                .rootPageNumber()
        * 1024;
  }

  @Test
  void aLoopEndsAndIsSaid() throws IOException {
    byte[] raw = BoltFixtures.database("deletes");
    int branch = branchOf(raw);
    little(raw).putLong(branch + 16 + 8, branch / 1024);
    FindingLog log = new FindingLog();
    List<String> shown = BoltFixtures.dump(BoltFixtures.open(raw, log));
    assertThat(whats(log)).contains("a page that is referred to twice; shown once");
    assertThat(shown).hasSizeGreaterThan(100);
  }

  @Test
  void aPageReachedTwiceIsShownOnce() throws IOException {
    byte[] raw = BoltFixtures.database("deletes");
    int branch = branchOf(raw);
    long first = little(raw).getLong(branch + 16 + 8);
    little(raw).putLong(branch + 32 + 8, first);
    FindingLog log = new FindingLog();
    List<String> shown = BoltFixtures.dump(BoltFixtures.open(raw, log));
    assertThat(shown).doesNotHaveDuplicates();
    assertThat(whats(log)).containsExactly("a page that is referred to twice; shown once");
    assertThat(log.list().get(0).found())
        .isEqualTo("references in page " + branch / 1024 + " and page " + branch / 1024);
  }

  @Test
  void aPageOfAnotherPartOfTheTreeIsSeenByItsKeys() throws IOException {
    byte[] raw = BoltFixtures.database("deletes");
    int branch = branchOf(raw);
    long first = little(raw).getLong(branch + 16 + 8);
    long second = little(raw).getLong(branch + 32 + 8);
    little(raw).putLong(branch + 16 + 8, second);
    little(raw).putLong(branch + 32 + 8, first);
    FindingLog log = new FindingLog();
    List<String> shown = BoltFixtures.dump(BoltFixtures.open(raw, log));
    assertThat(shown).containsExactlyInAnyOrderElementsOf(BoltFixtures.expected("deletes"));
    assertThat(whats(log))
        .hasSizeBetween(2, 3)
        .allMatch(w -> w.startsWith("the keys of the page are not those"));
  }

  @Test
  void aWrongOverflowCountIsSaidAndNothingIsLost() throws IOException {
    byte[] raw = BoltFixtures.database("deletes");
    little(raw).putInt(leafOf(raw) + 12, 0x7fffffff);
    FindingLog log = new FindingLog();
    assertThat(BoltFixtures.dump(BoltFixtures.open(raw, log)))
        .isEqualTo(BoltFixtures.expected("deletes"));
    assertThat(whats(log)).containsExactly("the number of overflow pages is wrong");
  }

  @Test
  void aFlippedBitDoesNotLoseEntriesInSilence() throws IOException {
    byte[] whole = BoltFixtures.database("deletes");
    BoltFile file = BoltFixtures.open(whole, new FindingLog());
    int expected = BoltFixtures.expected("deletes").size();
    List<Long> used = new ArrayList<>();
    PageMap.of(file)
        .forEach(
            page -> {
              if (page.state() == PageState.USED) {
                used.add(page.number());
              }
            });
    Random random = new Random(7);
    int silent = 0;
    for (int i = 0; i < 400; i++) {
      byte[] raw = whole.clone();
      int at = (int) (used.get(random.nextInt(used.size())) * 1024) + random.nextInt(200);
      raw[at] ^= (byte) (1 << random.nextInt(8));
      FindingLog log = new FindingLog();
      int shown = BoltFixtures.dump(BoltFixtures.open(raw, log)).size();
      if (shown < expected && log.list().isEmpty()) {
        silent++;
      }
    }
    assertThat(silent).isZero();
  }
}
