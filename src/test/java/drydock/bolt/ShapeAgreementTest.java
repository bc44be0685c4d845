package drydock.bolt;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import drydock.ksy.BoltBranchElement;
import drydock.ksy.BoltLeafElement;
import drydock.shape.Shape;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The flyweight of element headers says what the Kaitai shapes say. */
class ShapeAgreementTest {
  private static final Origin ORIGIN = Origin.of("page");

  static List<String> databases() throws IOException {
    return BoltFixtures.names();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void everyElementOfEveryPageIsReadAlike(String name) throws IOException {
    BoltFile file = BoltFixtures.open(BoltFixtures.database(name), new FindingLog());
    PageMap.of(file)
        .forEach(
            page -> {
              if (page.state() == PageState.USED) {
                check(file, page);
              }
            });
  }

  private static void check(BoltFile file, PageUse page) {
    try {
      byte[] raw = file.pages().prefix(page.number(), file.pageBytes());
      Elements elements = new Elements(raw, page.type().equals("leaf"));
      for (int i = 0; i < page.count() && Elements.tableEnd(i + 1) <= raw.length; i++) {
        int header = Elements.header(i);
        byte[] element = Arrays.copyOfRange(raw, header, header + Elements.BYTES);
        if (elements.leaf()) {
          BoltLeafElement shape = Shape.decode(element, ORIGIN, "leaf", BoltLeafElement::new);
          assertThat(elements.flags(header)).isEqualTo(shape.flags());
          assertThat(elements.keyStart(header)).isEqualTo(header + shape.pos());
          assertThat(elements.keyBytes(header)).isEqualTo(shape.ksize());
          assertThat(elements.valueBytes(header)).isEqualTo(shape.vsize());
        } else {
          BoltBranchElement shape = Shape.decode(element, ORIGIN, "branch", BoltBranchElement::new);
          assertThat(elements.keyStart(header)).isEqualTo(header + shape.pos());
          assertThat(elements.keyBytes(header)).isEqualTo(shape.ksize());
          assertThat(elements.child(header)).isEqualTo(shape.pgid());
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
