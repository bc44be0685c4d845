package drydock.cli.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNamesTest {
  @Test
  void editsCountLettersPutInTakenOutAndChanged() {
    assertThat(NearestNames.edits("kitten", "sitting", 9)).isEqualTo(3);
    assertThat(NearestNames.edits("", "abc", 9)).isEqualTo(3);
    assertThat(NearestNames.edits("wbe", "web", 9)).isEqualTo(1);
    assertThat(NearestNames.edits("same", "same", 9)).isZero();
    assertThat(NearestNames.edits("kitten", "sitting", 2)).isEqualTo(3);
  }

  @Test
  void nearestComeFirstAndPartsCountAsNear() {
    assertThat(NearestNames.to("wordpres", List.of("mysql", "wordpress-1", "wordpress")))
        .containsExactly("wordpress", "wordpress-1");
  }
}
