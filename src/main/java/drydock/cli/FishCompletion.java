package drydock.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Completions for the shell fish (fish documentation, "Writing your own completions"). */
final class FishCompletion {
  private final StringBuilder out = new StringBuilder();

  private FishCompletion() {}

  static String script(CommandLine root) {
    FishCompletion script = new FishCompletion();
    script.command(root, List.of());
    return script.out.toString();
  }

  /** The completions of a command that these words lead to. */
  private void command(CommandLine command, List<String> words) {
    String here = condition(words, command.getSubcommands().keySet().stream().toList());
    command.getSubcommands().forEach((name, sub) -> line(here, "-f -a " + name, summary(sub)));
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (!option.hidden()) {
        line(here, names(option) + argument(option), text(option));
      }
    }
    for (PositionalParamSpec positional : command.getCommandSpec().positionalParameters()) {
      List<String> values = candidates(positional);
      if (!values.isEmpty()) {
        line(here, "-a " + quoted(String.join(" ", values)), text(positional));
      }
    }
    command
        .getSubcommands()
        .forEach(
            (name, sub) -> {
              List<String> more = new ArrayList<>(words);
              more.add(name);
              command(sub, more);
            });
  }

  private static String condition(List<String> words, List<String> below) {
    if (words.isEmpty()) {
      return "__fish_use_subcommand";
    }
    StringBuilder condition = new StringBuilder();
    for (String word : words) {
      condition.append(condition.isEmpty() ? "" : "; and ");
      condition.append("__fish_seen_subcommand_from ").append(word);
    }
    if (!below.isEmpty()) {
      condition.append("; and not __fish_seen_subcommand_from ").append(String.join(" ", below));
    }
    return condition.toString();
  }

  private void line(String condition, String what, String description) {
    out.append("complete -c drydock -n ")
        .append(quoted(condition))
        .append(' ')
        .append(what)
        .append(" -d ")
        .append(quoted(description))
        .append('\n');
  }

  private static String names(OptionSpec option) {
    List<String> names = new ArrayList<>();
    for (String name : option.names()) {
      names.add(name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1));
    }
    return String.join(" ", names);
  }

  private static String argument(OptionSpec option) {
    if (option.arity().max() == 0) {
      return "";
    }
    List<String> values = candidates(option);
    return values.isEmpty() ? " -r" : " -x -a " + quoted(String.join(" ", values));
  }

  private static List<String> candidates(ArgSpec argument) {
    List<String> values = new ArrayList<>();
    if (argument.completionCandidates() != null) {
      argument.completionCandidates().forEach(values::add);
    }
    return values;
  }

  private static String summary(CommandLine command) {
    return String.join(" ", command.getCommandSpec().usageMessage().description());
  }

  private static String text(ArgSpec argument) {
    String text = String.join(" ", argument.description());
    return text.replace("${COMPLETION-CANDIDATES}", String.join(", ", candidates(argument)));
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
