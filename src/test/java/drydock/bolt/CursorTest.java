package drydock.bolt;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CursorTest {
  private final FindingLog log = new FindingLog();

  /** A source that knows how often each page was read. */
  private static final class Counting implements ByteSource {
    final ByteSource source;
    final TreeMap<Long, Integer> reads = new TreeMap<>();

    Counting(ByteSource source) {
      this.source = source;
    }

    @Override
    public long size() {
      return source.size();
    }

    @Override
    public Origin origin() {
      return source.origin();
    }

    @Override
    public void read(long position, byte[] into, int offset, int length) throws IOException {
      reads.merge(position / 1024, 1, Integer::sum);
      source.read(position, into, offset, length);
    }
  }

  private Bucket numbers() throws IOException {
    return BoltFixtures.open(BoltFixtures.database("deletes"), log)
        .root()
        .bucket("b")
        .orElseThrow();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> forward(Bucket bucket) throws IOException {
    List<String> keys = new ArrayList<>();
    Cursor cursor = bucket.cursor();
    for (Optional<BoltEntry> at = cursor.first(); at.isPresent(); at = cursor.next()) {
      keys.add(at.get().keyText());
    }
    return keys;
  }

  @Test
  void backwardIsForwardReversed() throws IOException {
    List<String> keys = new ArrayList<>();
    Cursor cursor = numbers().cursor();
    for (Optional<BoltEntry> at = cursor.last(); at.isPresent(); at = cursor.previous()) {
      keys.add(0, at.get().keyText());
    }
    assertThat(keys).isEqualTo(forward(numbers())).hasSizeGreaterThan(900).isSorted();
  }

  @Test
  void seekFindsEveryKeyAndTheNextOfThoseThatAreGone() throws IOException {
    Bucket numbers = numbers();
    List<String> keys = forward(numbers);
    Cursor cursor = numbers.cursor();
    for (int i = 0; i < 4100; i++) {
      String wanted = String.format(Locale.ROOT, "%06d", i);
      Optional<String> next = keys.stream().filter(k -> k.compareTo(wanted) >= 0).findFirst();
      assertThat(cursor.seek(bytes(wanted)).map(BoltEntry::keyText)).isEqualTo(next);
      assertThat(numbers.get(wanted).isPresent()).isEqualTo(keys.contains(wanted));
      if (i > 20 && i < 3900) {
        i += 7;
      }
    }
  }

  @Test
  void seekGoesOnInBothDirections() throws IOException {
    List<String> keys = forward(numbers());
    int at = keys.size() / 2;
    Cursor cursor = numbers().cursor();
    cursor.seek(bytes(keys.get(at)));
    assertThat(cursor.next().map(BoltEntry::keyText)).contains(keys.get(at + 1));
    assertThat(cursor.previous().map(BoltEntry::keyText)).contains(keys.get(at));
    assertThat(cursor.previous().map(BoltEntry::keyText)).contains(keys.get(at - 1));
  }

  @Test
  void offTheEndsThereIsNothing() throws IOException {
    Cursor cursor = numbers().cursor();
    assertThat(cursor.next()).isEmpty();
    assertThat(cursor.previous()).isEmpty();
    assertThat(cursor.bucket()).isEmpty();
    assertThat(cursor.seek(bytes("zzz"))).isEmpty();
    assertThat(cursor.last()).isPresent();
    assertThat(cursor.next()).isEmpty();
    assertThat(cursor.next()).isEmpty();
    assertThat(cursor.first()).isPresent();
    assertThat(cursor.previous()).isEmpty();
  }

  @Test
  void bucketsAndKeysAreToldApart() throws IOException {
    Bucket root = BoltFixtures.open(BoltFixtures.database("deep"), log).root();
    Bucket deep = root.bucket("d").orElseThrow();
    assertThat(deep.get("d")).isEmpty();
    assertThat(deep.bucket("n")).isEmpty();
    assertThat(deep.get("n")).contains(bytes("0"));
    assertThat(deep.bucketNames()).containsExactly(bytes("d"));
    Cursor cursor = deep.cursor();
    BoltEntry first = cursor.first().orElseThrow();
    assertThat(first.isBucket()).isTrue();
    assertThat(first.value()).isNull();
    assertThat(cursor.bucket().orElseThrow().sequence()).isZero();
    assertThat(cursor.next().orElseThrow().value()).isEqualTo(bytes("0"));
    assertThat(log.list()).isEmpty();
  }

  @Test
  void aLookUpReadsOnePageALevel() throws IOException {
    Counting source = new Counting(BoltFixtures.source(BoltFixtures.database("deletes")));
    String key = forward(numbers()).get(600);
    Bucket bucket = BoltFile.open(source, log).root().bucket("b").orElseThrow();
    source.reads.clear();
    assertThat(bucket.get(key)).isPresent();
    assertThat(source.reads.size()).isLessThanOrEqualTo(3);
  }

  @Test
  void aScanReadsEachPageOnce() throws IOException {
    Counting source = new Counting(BoltFixtures.source(BoltFixtures.database("random")));
    BoltFixtures.dump(BoltFile.open(source, log));
    source.reads.headMap(2L).clear();
    // large pages are read in two pieces: the first page, then all of it
    assertThat(source.reads.values()).allMatch(n -> n <= 2);
    assertThat(source.reads.values().stream().filter(n -> n == 2).count())
        .isLessThan(source.reads.size() / 5);
  }
}
