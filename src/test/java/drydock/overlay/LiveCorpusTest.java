package drydock.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The corpus of {@link CorpusTest}, made anew by this machine's kernel. Needs root, loop devices,
 * overlayfs, e2fsprogs and Python 3.
 */
@Tag("live")
class LiveCorpusTest {
  private static final Path SCRIPT = Path.of("src/test/scripts/overlay_corpus.py");

  @TempDir Path work;

  @Test
  void theLayersOfThisKernelAreMergedAsItDoes() throws Exception {
    Path output = work.resolve("output");
    Process process =
        new ProcessBuilder("python3", SCRIPT.toString(), work.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroy();
    }
    String text = Files.readString(output, StandardCharsets.ISO_8859_1);
    assertThat(process.exitValue()).as(text).isZero();
    CorpusTest.compare(work, "pairs", 20, 90_000);
    CorpusTest.compare(work, "stack", 15, 900);
    CorpusTest.compare(work, "marks", 2, 40);
  }
}
