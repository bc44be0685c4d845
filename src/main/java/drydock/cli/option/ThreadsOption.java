package drydock.cli.option;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How many threads read contents and make rows; what they make is the same for any number. */
public final class ThreadsOption {
  private static final int MOST = 64;

  /** More cores than this are left alone unless somebody asks: each thread takes memory. */
  private static final int MOST_UNASKED = 16;

  @Spec(Spec.Target.MIXEE)
  CommandSpec command = Declarations.emptySpec();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Work on N threads; by itself one for each processor. The output is the same.")
  int threads;

  public int count() {
    if (threads < 0 || threads > MOST) {
      throw new ParameterException(
          command.commandLine(), "--threads: " + threads + " is not between 1 and " + MOST);
    }
    return threads > 0
        ? threads
        : Math.min(MOST_UNASKED, Runtime.getRuntime().availableProcessors());
  }
}
