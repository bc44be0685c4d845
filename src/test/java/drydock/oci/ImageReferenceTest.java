package drydock.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImageReferenceTest {
  /** What distribution/reference 0.6 makes of some texts: input, verdict, and the parts. */
  private static final Path REFERENCES =
      Path.of(System.getProperty("fixtures", "fixtures"), "oci", "references.tsv");

  private static String orEmpty(Object part) {
    return part == null ? "" : part.toString();
  }

  private static List<String> parts(String text) {
    return ImageReference.parse(text)
        .map(
            r ->
                List.of(
                    text,
                    "ok",
                    r.domain(),
                    r.path(),
                    orEmpty(r.tag()),
                    orEmpty(r.digest()),
                    r.familiar(),
                    r.toString()))
        .orElse(List.of(text, "bad"));
  }

  @Test
  void everyTextIsReadAsDockerReadsIt() throws IOException {
    List<String> lines = Files.readAllLines(REFERENCES);
    assertThat(lines).hasSizeGreaterThan(1000);
    assertThat(lines)
        .allSatisfy(
            line -> assertThat(String.join("\t", parts(line.split("\t", -1)[0]))).isEqualTo(line));
  }

  @Test
  void whatIsReadReadsTheSameAgain() throws IOException {
    for (String line : Files.readAllLines(REFERENCES)) {
      Optional<ImageReference> first = ImageReference.parse(line.split("\t", -1)[0]);
      first.ifPresent(
          reference -> {
            assertThat(ImageReference.parse(reference.toString())).contains(reference);
            assertThat(ImageReference.parse(reference.familiar())).contains(reference);
          });
    }
  }

  @Test
  void latestStandsInForAMissingTagOnly() {
    assertThat(ImageReference.parse("nginx").orElseThrow().withDefaultTag())
        .hasToString("docker.io/library/nginx:latest");
    assertThat(ImageReference.parse("nginx:1").orElseThrow().withDefaultTag())
        .hasToString("docker.io/library/nginx:1");
    String digested = "nginx@sha256:" + "a".repeat(64);
    assertThat(ImageReference.parse(digested).orElseThrow().withDefaultTag().familiar())
        .isEqualTo(digested);
  }

  @Test
  void aHostileTextCostsNothing() {
    assertThat(ImageReference.parse("a-".repeat(500_000))).isEmpty();
    assertThat(ImageReference.parse("a.".repeat(510) + "/A")).isEmpty();
    assertThat(ImageReference.parse("a/".repeat(100) + "!")).isEmpty();
  }
}
