package drydock.timeline;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventSortTest {
  @TempDir Path folder;

  private final List<FileChannel> opened = new ArrayList<>();

  /** A row as the test sorts it. */
  private record Row(Instant time, String origin, String text) implements Comparable<Row> {
    @Override
    public int compareTo(Row other) {
      int order = time.compareTo(other.time);
      order = order == 0 ? origin.compareTo(other.origin) : order;
      return order == 0 ? text.compareTo(other.text) : order;
    }
  }

  private FileChannel scratch() throws IOException {
    FileChannel file =
        FileChannel.open(
            folder.resolve("run" + opened.size()),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    opened.add(file);
    return file;
  }

  private String sorted(List<Row> rows, long keptBytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (EventSort sort = new EventSort(this::scratch, keptBytes)) {
      for (Row row : rows) {
        sort.add(row.time, row.origin.getBytes(ISO_8859_1), row.text.getBytes(ISO_8859_1));
      }
      sort.writeTo(out);
    }
    return out.toString(ISO_8859_1);
  }

  /** Times before 1970 and far out, few origins, bytes above 127, and rows that are the same. */
  private static List<Row> rows(int count) {
    Random random = new Random(7);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long seconds = random.nextInt(9) == 0 ? random.nextLong() >> 34 : random.nextInt(20) - 10;
      String origin = random.nextBoolean() ? "a" : "a\u00ff > " + random.nextInt(3);
      Instant time = Instant.ofEpochSecond(seconds, random.nextInt(3));
      rows.add(new Row(time, origin, (char) (33 + random.nextInt(222)) + "\n"));
    }
    return rows;
  }

  private static String expected(List<Row> rows) {
    List<Row> copy = new ArrayList<>(rows);
    Collections.sort(copy);
    StringBuilder text = new StringBuilder();
    copy.forEach(row -> text.append(row.text));
    return text.toString();
  }

  @Test
  void orderIsByTimeThenOriginThenTextWhereverRowsWereKept() throws IOException {
    List<Row> rows = rows(5000);
    String expected = expected(rows);
    assertThat(sorted(rows, Long.MAX_VALUE)).isEqualTo(expected);
    assertThat(opened).isEmpty();
    assertThat(sorted(rows, 4000)).isEqualTo(expected);
    assertThat(opened).hasSizeGreaterThan(EventSort.MERGED).allMatch(file -> !file.isOpen());
    Collections.reverse(rows);
    assertThat(sorted(rows, 1)).as("a file a row, merged three times").isEqualTo(expected);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void fewFilesAreOpenAtATime() throws IOException {
    try (EventSort sort = new EventSort(this::scratch, 1)) {
      for (int i = 0; i < 3000; i++) {
        sort.add(Instant.EPOCH, new byte[0], new byte[] {'x'});
        long open = opened.stream().filter(FileChannel::isOpen).count();
        assertThat(open).isLessThanOrEqualTo(3L * EventSort.MERGED);
      }
    }
    assertThat(opened).hasSizeGreaterThan(3000).allMatch(file -> !file.isOpen());
  }

  @Test
  void fileThatCannotBeWrittenIsSaid() {
    EventSort.Scratch full =
        () -> {
          throw new IOException("no space");
        };
    EventSort sort = new EventSort(full, 1);
    assertThatThrownBy(() -> sort.add(Instant.EPOCH, new byte[0], new byte[1]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("temporary file")
        .hasMessageContaining("no space");
    assertThatThrownBy(() -> sort.writeTo(OutputStream.nullOutputStream()))
        .as("what is left is not all")
        .hasMessageContaining("no space");
  }

  @Test
  void nothingIsNothing() throws IOException {
    assertThat(sorted(List.of(), 1)).isEmpty();
  }
}
