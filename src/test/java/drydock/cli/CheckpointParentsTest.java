package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import drydock.checkpoint.CheckpointFixture;
import drydock.proto.criu.PagemapEntry;
import drydock.proto.criu.PagemapHead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The second checkpoint of the shop as a dump upon its first one: pages that had not changed are
 * taken out of its images, and its maps say that the parent has them.
 */
class CheckpointParentsTest {
  private static final int PAGE = 4096;
  private static final int HEADS = 8;
  private static final int IN_PARENT = 1;
  private static final String IMAGES = "checkpoint/";

  private static final Pattern CHANGED = Pattern.compile("\"changed_pages\":(\\d+)");

  @TempDir Path folder;
  private Path second;
  private int left;

  /** The map of the pages of a process, and its pages. */
  private record Pages(byte[] heads, PagemapHead head, List<PagemapEntry> map, byte[] bytes) {
    static Pages of(Map<String, byte[]> members, String name) throws IOException {
      byte[] image = members.get(name);
      ByteBuffer in = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN).position(HEADS);
      PagemapHead head = PagemapHead.parseFrom(next(in));
      List<PagemapEntry> map = new ArrayList<>();
      while (in.hasRemaining()) {
        map.add(PagemapEntry.parseFrom(next(in)));
      }
      byte[] bytes = members.get(IMAGES + "pages-" + head.getPagesId() + ".img");
      return new Pages(Arrays.copyOf(image, HEADS), head, map, bytes);
    }

    private static byte[] next(ByteBuffer in) {
      byte[] entry = new byte[in.getInt()];
      in.get(entry);
      return entry;
    }

    Map<Long, byte[]> byAddress() {
      Map<Long, byte[]> pages = new TreeMap<>();
      int at = 0;
      for (PagemapEntry each : map) {
        for (long i = 0; i < each.getNrPages(); i++) {
          pages.put(each.getVaddr() + i * PAGE, Arrays.copyOfRange(bytes, at, at + PAGE));
          at += PAGE;
        }
      }
      return pages;
    }
  }

  @BeforeEach
  void build() throws IOException {
    second = Files.createDirectory(folder.resolve("second"));
    Map<String, byte[]> one = CheckpointFixture.members("shop-1");
    Map<String, byte[]> two = new TreeMap<>(CheckpointFixture.members("shop-2"));
    for (String name : Set.copyOf(two.keySet())) {
      if (name.matches("checkpoint/pagemap-\\d+\\.img") && one.containsKey(name)) {
        upon(Pages.of(one, name), Pages.of(two, name), name, two);
      }
    }
    for (Map.Entry<String, byte[]> each : one.entrySet()) {
      if (each.getKey().startsWith(IMAGES)) {
        write("pre/" + each.getKey().substring(IMAGES.length()), each.getValue());
      }
    }
    for (Map.Entry<String, byte[]> each : two.entrySet()) {
      write(each.getKey(), each.getValue());
    }
    Files.createSymbolicLink(second.resolve("checkpoint/parent"), Path.of("../pre"));
  }

  private void write(String name, byte[] content) throws IOException {
    Path file = second.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  private void upon(Pages was, Pages is, String name, Map<String, byte[]> members) {
    Map<Long, byte[]> before = was.byAddress();
    ByteArrayOutputStream map = new ByteArrayOutputStream();
    ByteArrayOutputStream pages = new ByteArrayOutputStream();
    map.writeBytes(is.heads());
    write(map, is.head().toByteArray());
    is.byAddress()
        .forEach(
            (address, bytes) -> {
              boolean isOld = Arrays.equals(bytes, before.get(address));
              left += isOld ? 1 : 0;
              PagemapEntry.Builder entry =
                  is.map().get(0).toBuilder().setVaddr(address).setNrPages(1);
              write(map, (isOld ? entry.setFlags(IN_PARENT) : entry).build().toByteArray());
              pages.writeBytes(isOld ? new byte[0] : bytes);
            });
    members.put(name, map.toByteArray());
    members.put(IMAGES + "pages-" + is.head().getPagesId() + ".img", pages.toByteArray());
  }

  private static void write(ByteArrayOutputStream out, byte[] entry) {
    ByteBuffer size = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.writeBytes(size.putInt(entry.length).array());
    out.writeBytes(entry);
  }

  private static String archive(String name) {
    return CheckpointFixture.archive(name).toString();
  }

  private static Set<String> diff(int exit, String before, String after) {
    Cli.Result result = Cli.run("checkpoint", "diff", before, after, "-o", "jsonl");
    assertThat(result.exit()).as(result.err()).isEqualTo(exit);
    Set<String> rows = new TreeSet<>();
    for (JsonObject each : result.records()) {
      each.remove("origin");
      rows.add(each.toString());
    }
    return rows;
  }

  @Test
  void pagesOfParentsAreComparedAsIfTheyWereThere() {
    assertThat(left).isGreaterThan(70);
    Set<String> whole = diff(0, archive("shop-1"), archive("shop-2"));

    assertThat(diff(0, archive("shop-1"), second.toString())).isEqualTo(whole);
    assertThat(diff(0, archive("shop-2"), second.toString())).isEmpty();
    assertThat(diff(0, second.toString(), archive("shop-1")))
        .isEqualTo(diff(0, archive("shop-2"), archive("shop-1")));
  }

  @Test
  void withoutTheParentItsPagesAreNotKnownAndNotToldAsChanged() throws IOException {
    Files.delete(second.resolve("checkpoint/parent"));
    Set<String> whole = diff(0, archive("shop-1"), archive("shop-2"));
    Set<String> found = diff(3, archive("shop-1"), second.toString());

    assertThat(found).anyMatch(each -> each.contains("\"unknown_pages\":"));
    assertThat(changedPages(found)).isEqualTo(changedPages(whole));
  }

  private static long changedPages(Set<String> rows) {
    long sum = 0;
    for (String each : rows) {
      Matcher count = CHANGED.matcher(each);
      sum += count.find() ? Long.parseLong(count.group(1)) : 0;
    }
    return sum;
  }
}
