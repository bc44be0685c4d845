package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DrydockTest {
  @Test
  void helpGoesToStandardOutputAndEndsWell() {
    StringWriter out = new StringWriter();
    int exit = new CommandLine(new Drydock()).setOut(new PrintWriter(out)).execute("--help");
    assertThat(exit).isZero();
    assertThat(out.toString()).startsWith("Usage: drydock ");
  }
}
