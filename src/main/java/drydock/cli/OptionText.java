package drydock.cli;

import drydock.fs.NodeType;
import drydock.report.Escape;
import drydock.report.FileReport;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What the texts of a command's options mean; what means nothing is a usage error. */
record OptionText(CommandSpec command) {
  /** The types of {@code --type}; all when none is given. */
  Set<NodeType> types(List<String> texts) {
    Set<NodeType> types =
        texts.isEmpty() ? EnumSet.allOf(NodeType.class) : EnumSet.noneOf(NodeType.class);
    for (String text : texts) {
      NodeType type = FileReport.type(text);
      if (type == null) {
        throw wrong("--type", text, "one of file directory symlink character block fifo socket");
      }
      types.add(type);
    }
    return types;
  }

  /** A time; {@code absent} when the option is not given. */
  Instant time(String option, @Nullable String text, Instant absent) {
    if (text == null) {
      return absent;
    }
    return Times.parse(text)
        .orElseThrow(
            () -> wrong(option, text, "a time such as 2026-11-22 or 2026-11-22T01:00:00Z"));
  }

  ParameterException wrong(String option, String text, String expected) {
    return new ParameterException(
        command.commandLine(), option + ": '" + Escape.text(text) + "' is not " + expected);
  }
}
