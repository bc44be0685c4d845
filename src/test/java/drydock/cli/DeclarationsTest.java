package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.cli.option.Console;
import drydock.cli.option.Declarations;
import java.io.OutputStream;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Range;
import picocli.CommandLine.Spec;

/** What the build writes of annotations against what picocli itself reads in them. */
class DeclarationsTest {
  private static final Console CONSOLE =
      Console.of(OutputStream.nullOutputStream(), new StringWriter());
  private static final Drydock.Commands FACTORY = new Drydock.Commands(CONSOLE);

  /** The classes of all commands. */
  static Stream<Class<?>> commands() {
    return below(Drydock.whole(CONSOLE, Subcommand.ALL)).stream()
        .<Class<?>>map(each -> each.getCommandSpec().userObject().getClass())
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void theCommandIsTheSame(Class<?> type) throws ReflectiveOperationException {
    CommandSpec written = written(type, FACTORY.create(type));
    CommandSpec read = CommandSpec.forAnnotatedObject(FACTORY.create(type), FACTORY);
    assertThat(facts(written)).isEqualTo(facts(read));
    assertThat(new CommandLine(written, FACTORY).getUsageMessage())
        .isEqualTo(new CommandLine(read, FACTORY).getUsageMessage());
    assertThat(written.options().stream().map(DeclarationsTest::facts).toList())
        .isEqualTo(read.options().stream().map(DeclarationsTest::facts).toList());
    assertThat(written.positionalParameters().stream().map(DeclarationsTest::facts).toList())
        .isEqualTo(read.positionalParameters().stream().map(DeclarationsTest::facts).toList());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyArgumentIsKeptInItsField(Class<?> type) throws Exception {
    Object object = FACTORY.create(type);
    CommandSpec written = written(type, object);
    List<ArgSpec> read = CommandSpec.forAnnotatedObject(FACTORY.create(type), FACTORY).args();
    for (int i = 0; i < read.size(); i++) {
      Field field = (Field) read.get(i).userObject();
      field.setAccessible(true);
      Object owner = holder(object, field.getDeclaringClass());
      Object sample = sample(field.getType());
      field.set(owner, sample);
      assertThat((Object) written.args().get(i).getter().get()).as("" + field).isEqualTo(sample);
      field.set(owner, field.getType() == boolean.class ? false : sample);
      written.args().get(i).setter().set(sample);
      assertThat(field.get(owner)).as("" + field).isEqualTo(sample);
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void theCommandIsToldToItsParts(Class<?> type) throws ReflectiveOperationException {
    Object object = FACTORY.create(type);
    CommandSpec written = written(type, object);
    Object annotated = FACTORY.create(type);
    CommandSpec read = CommandSpec.forAnnotatedObject(annotated, FACTORY);
    List<Object> told = told(object, written);
    assertThat(told).isNotEmpty().isEqualTo(told(annotated, read));
  }

  private static CommandSpec written(Class<?> type, Object object)
      throws ReflectiveOperationException {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(object, FACTORY);
    Declarations.of(type).orElseThrow().addTo(spec, spec, object);
    return spec;
  }

  private static List<CommandLine> below(CommandLine command) {
    List<CommandLine> all = new ArrayList<>();
    for (CommandLine each : command.getSubcommands().values()) {
      all.add(each);
      all.addAll(below(each));
    }
    return all;
  }

  private static Map<String, String> facts(CommandSpec spec) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("name", spec.name());
    facts.put("mixins", new TreeMap<>(spec.mixins()).keySet().toString());
    facts.put("groups", spec.argGroups().toString());
    facts.put("footer", Arrays.toString(spec.usageMessage().footer()));
    facts.put("description", Arrays.toString(spec.usageMessage().description()));
    facts.put("label", spec.usageMessage().synopsisSubcommandLabel());
    facts.put("synopsis", Arrays.toString(spec.usageMessage().customSynopsis()));
    facts.put("sorted", spec.usageMessage().sortOptions() + "");
    facts.put("hidden", spec.usageMessage().hidden() + "");
    return facts;
  }

  private static Map<String, String> facts(OptionSpec option) {
    Map<String, String> facts = common(option);
    facts.put("names", Arrays.toString(option.names()));
    facts.put("usage", option.usageHelp() + " " + option.versionHelp());
    facts.put("negatable", option.negatable() + "");
    facts.put("fallback", option.fallbackValue());
    facts.put("order", option.order() + "");
    return facts;
  }

  private static Map<String, String> facts(PositionalParamSpec parameter) {
    Map<String, String> facts = common(parameter);
    facts.put("index", facts(parameter.index()));
    return facts;
  }

  private static Map<String, String> common(ArgSpec argument) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("type", argument.type() + "");
    facts.put("of", Arrays.toString(argument.auxiliaryTypes()));
    facts.put("arity", facts(argument.arity()));
    facts.put("label", argument.paramLabel() + " " + argument.hideParamSyntax());
    facts.put("description", Arrays.toString(argument.description()));
    facts.put("required", argument.required() + " " + argument.originallyRequired());
    facts.put("hidden", argument.hidden() + "");
    facts.put("split", argument.splitRegex() + " " + argument.splitRegexSynopsisLabel());
    facts.put("default", argument.defaultValue() + "");
    facts.put("shown", argument.showDefaultValue() + "");
    facts.put("null", argument.mapFallbackValue());
    facts.put("interactive", argument.interactive() + " " + argument.echo());
    facts.put("initial", argument.hasInitialValue() + " " + argument.initialValue());
    facts.put("scope", argument.scopeType() + " " + argument.inherited());
    facts.put("converters", classes(argument.converters()));
    facts.put("consumer", argument.parameterConsumer() + " " + argument.preprocessor());
    Iterable<String> candidates = argument.completionCandidates();
    List<String> words = new ArrayList<>();
    if (candidates != null) {
      candidates.forEach(words::add);
    }
    facts.put("candidates", (candidates == null) + " " + words);
    return facts;
  }

  private static String facts(Range range) {
    return range
        + " "
        + range.isVariable()
        + range.isUnspecified()
        + range.isRelative()
        + range.isUnresolved()
        + range.originalValue();
  }

  private static String classes(Object... objects) {
    return Arrays.toString(Stream.of(objects).map(Object::getClass).toArray());
  }

  private static Object sample(Class<?> type) {
    Map<Class<?>, Object> samples =
        Map.of(
            boolean.class,
            true,
            int.class,
            7,
            Integer.class,
            8,
            Long.class,
            9L,
            long.class,
            10L,
            String.class,
            "word",
            Path.class,
            Path.of("file"),
            List.class,
            new ArrayList<>(List.of("item")));
    return type.isEnum() ? type.getEnumConstants()[1] : samples.get(type);
  }

  /** The object itself or the one of its mixins, however deep, that is of a class. */
  private static Object holder(Object object, Class<?> type) throws ReflectiveOperationException {
    return parts(object).stream().filter(type::isInstance).findFirst().orElseThrow();
  }

  private static List<Object> parts(Object object) throws ReflectiveOperationException {
    List<Object> parts = new ArrayList<>(List.of(object));
    for (Field field : fields(object)) {
      if (field.isAnnotationPresent(Mixin.class)) {
        parts.addAll(parts(field.get(object)));
      }
    }
    return parts;
  }

  private static List<Field> fields(Object object) {
    List<Field> fields = new ArrayList<>();
    Class<?> type = object.getClass();
    while (type != Object.class) {
      fields.addAll(List.of(type.getDeclaredFields()));
      type = type.getSuperclass();
    }
    fields.forEach(each -> each.setAccessible(true));
    return fields;
  }

  /** What was put where a spec is asked for: the command itself, or the mixin of that name. */
  private static List<Object> told(Object object, CommandSpec command)
      throws ReflectiveOperationException {
    Function<Object, String> name =
        spec ->
            spec == command
                ? "the command"
                : command.mixins().containsValue(spec) ? "a mixin" : "another " + spec;
    List<Object> told = new ArrayList<>();
    for (Object part : parts(object)) {
      for (Field field : fields(part)) {
        if (field.isAnnotationPresent(Spec.class)) {
          told.add(field + ": " + name.apply(field.get(part)));
        }
      }
    }
    return told;
  }
}
