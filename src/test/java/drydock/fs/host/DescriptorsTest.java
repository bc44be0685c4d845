package drydock.fs.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DescriptorsTest {
  private final List<Integer> closed = new ArrayList<>();
  private final Descriptors descriptors = new Descriptors(2, closed::add);
  private int opened;

  private Descriptors.Lease lease(String key) throws IOException {
    return descriptors.lease(key, () -> ++opened);
  }

  @Test
  void theSameKeyIsOpenedOnce() throws IOException {
    lease("a").close();

    assertThat(lease("a").descriptor()).isEqualTo(1);
    assertThat(descriptors.leaseOpen("a")).isPresent();
    assertThat(descriptors.leaseOpen("b")).isEmpty();
    assertThat(opened).isEqualTo(1);
  }

  @Test
  void theOneUnusedForLongestIsClosed() throws IOException {
    lease("a").close();
    lease("b").close();
    lease("a").close();
    lease("c").close();

    assertThat(closed).containsExactly(2);
    assertThat(descriptors.kept()).isEqualTo(2);
  }

  @Test
  void whatIsInUseStaysOpenUntilItIsNot() throws IOException {
    Descriptors.Lease a = lease("a");
    lease("b").close();
    lease("c").close();
    assertThat(closed).isEmpty();

    a.close();
    assertThat(closed).containsExactly(1);
  }

  @Test
  void closingClosesAll() throws IOException {
    lease("a").close();
    Descriptors.Lease b = lease("b");
    descriptors.close();
    assertThat(closed).containsExactly(1);

    b.close();
    assertThat(closed).containsExactly(1, 2);
  }
}
