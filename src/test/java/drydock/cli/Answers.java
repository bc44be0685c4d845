package drydock.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What every command answers about one node, with nothing taken out but the origins: two forms of
 * the same evidence must answer the same.
 */
final class Answers {
  private static final List<String> KINDS =
      List.of("containers", "pods", "images", "snapshots", "content", "namespaces", "leases");

  private final List<String> evidence;
  private final Map<String, String> answers = new LinkedHashMap<>();

  private Answers(List<String> evidence) {
    this.evidence = evidence;
  }

  /**
   * What the engines hold and what lies in their containers; {@code evidence}: path and options.
   */
  static Map<String, String> ofEngines(String... evidence) {
    Answers of = new Answers(List.of(evidence));
    of.engines();
    for (String kind : KINDS) {
      of.ask("list " + kind, "-o", "jsonl");
    }
    for (JsonObject image : of.records("list images")) {
      String name = image.get("namespace").getAsString() + ":" + image.get("name").getAsString();
      of.ask("history", name, "-o", "jsonl");
    }
    of.ask("env", "-o", "jsonl");
    for (JsonObject container : of.records("list containers")) {
      of.container(
          container.get("namespace").getAsString() + ":" + container.get("id").getAsString());
    }
    return of.answers;
  }

  /** The files of the node, each in every way they are shown. */
  static Map<String, String> ofFiles(String... evidence) {
    Answers of = new Answers(List.of(evidence));
    of.ask("ls", "/", "-R", "-o", "jsonl");
    of.ask("find", "/", "--hash", "-o", "jsonl");
    of.ask("hash", "/", "-o", "jsonl");
    of.ask("stat", "/etc/hostname", "-o", "jsonl");
    return of.answers;
  }

  private void engines() {
    Cli.Result result = run("info", List.of("-o", "json"));
    JsonObject info = JsonParser.parseString(result.out()).getAsJsonObject();
    answers.put("info", result.exit() + "\n" + withoutOrigins(info.get("engines")));
  }

  private void container(String selector) {
    ask("inspect", selector, "-o", "json");
    ask("spec", selector);
    ask("env", selector, "-o", "jsonl");
    ask("history", selector, "-o", "jsonl");
    ask("ls", selector + ":/", "-R", "--deleted", "-o", "jsonl");
    ask("find", selector + ":/", "--hash", "-o", "jsonl");
    ask("hash", selector + ":/etc", "-o", "jsonl");
    ask("stat", selector + ":/", selector + ":/etc", "-o", "jsonl");
  }

  private void ask(String command, String... more) {
    Cli.Result result = run(command, List.of(more));
    String name = more.length == 0 || more[0].startsWith("-") ? command : command + " " + more[0];
    answers.put(name, result.exit() + "\n" + body(result, List.of(more)));
  }

  private Cli.Result run(String command, List<String> more) {
    List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
    arguments.addAll(evidence);
    arguments.addAll(more);
    return Cli.run(arguments);
  }

  private static String body(Cli.Result result, List<String> options) {
    if (options.contains("json")) {
      return result.out().isEmpty() ? "" : withoutOrigins(JsonParser.parseString(result.out()));
    }
    if (!options.contains("jsonl")) {
      return result.out();
    }
    StringBuilder lines = new StringBuilder();
    result
        .out()
        .lines()
        .map(JsonParser::parseString)
        .forEach(line -> lines.append(withoutOrigins(line)).append('\n'));
    return lines.toString();
  }

  private List<JsonObject> records(String name) {
    return answers
        .get(name)
        .lines()
        .skip(1)
        .map(l -> JsonParser.parseString(l).getAsJsonObject())
        .toList();
  }

  private static String withoutOrigins(JsonElement element) {
    strip(element);
    return element.toString();
  }

  private static void strip(JsonElement element) {
    if (element.isJsonArray()) {
      element.getAsJsonArray().forEach(Answers::strip);
    } else if (element.isJsonObject()) {
      element.getAsJsonObject().remove("origin");
      element.getAsJsonObject().entrySet().forEach(entry -> strip(entry.getValue()));
    }
  }

  /** Fails with the first lines that differ. */
  static void assertSame(Map<String, String> expected, Map<String, String> actual) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    List<String> differences = new ArrayList<>();
    for (String question : expected.keySet()) {
      List<String> before = expected.get(question).lines().toList();
      List<String> after = actual.get(question).lines().toList();
      TreeSet<String> gone = new TreeSet<>(before);
      after.forEach(gone::remove);
      TreeSet<String> come = new TreeSet<>(after);
      before.forEach(come::remove);
      if (!before.equals(after)) {
        differences.add(
            question
                + "\n  - "
                + first(gone)
                + "\n  + "
                + first(come)
                + "\n ("
                + gone.size()
                + ")");
      }
    }
    assertThat(differences).as("of %d questions", expected.size()).isEmpty();
    assertThat(String.join("", expected.values()).getBytes(UTF_8).length).isGreaterThan(10_000);
  }

  private static String first(TreeSet<String> lines) {
    return lines.isEmpty() ? "" : lines.first();
  }
}
