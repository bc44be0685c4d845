package drydock.fs.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RightsTest {
  @Test
  void theRightIsBitTwentyOneOfTheEffectiveSet() {
    assertThat(Rights.hasSysAdmin(List.of("Name:\tx", "CapEff:\t0000000000200000"))).isTrue();
    assertThat(Rights.hasSysAdmin(List.of("CapEff:\t000001ffffffffff"))).isTrue();
    assertThat(Rights.hasSysAdmin(List.of("CapEff:\t000001ffffdfffff"))).isFalse();
    assertThat(Rights.hasSysAdmin(List.of("Name:\tx"))).isFalse();
  }

  @Test
  void onlyTheFirstUserNamespaceMapsAllUsers() {
    assertThat(Rights.mapsAllUsers(List.of("         0          0 4294967295"))).isTrue();
    assertThat(Rights.mapsAllUsers(List.of("         0       1000          1"))).isFalse();
    assertThat(Rights.mapsAllUsers(List.of())).isFalse();
  }
}
