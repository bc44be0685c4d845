package drydock.build;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Range;
import picocli.CommandLine.Spec;

/**
 * A step of the build: writes what the compiled classes declare with annotations of picocli as code
 * (see {@code drydock.cli.option.Declarations}). An annotation that it does not know how to write
 * ends the build.
 *
 * <p>Arguments: the folder of the compiled classes, the folder to write to.
 */
public final class WriteDeclarations {
  private static final Set<String> OPTION =
      Set.of(
          "names",
          "description",
          "paramLabel",
          "arity",
          "required",
          "hidden",
          "usageHelp",
          "split",
          "negatable",
          "defaultValue",
          "fallbackValue");
  private static final Set<String> PARAMETERS =
      Set.of("index", "description", "paramLabel", "arity", "converter", "split", "hidden");
  private static final Set<String> COMMAND =
      Set.of("name", "description", "footer", "synopsisSubcommandLabel");

  private static final String NAME = "WriteDeclarations";

  /** The launcher tells picocli to leave out what makes these of text. */
  private static final Set<String> DATES = Set.of("java.time", "java.sql");

  private final Class<?> type;
  private final StringBuilder out = new StringBuilder();
  private final List<Field> arguments = new ArrayList<>();

  private WriteDeclarations(Class<?> type) {
    this.type = type;
  }

  /** Writes them all; what was written for classes that are gone goes. */
  public static void main(String[] folders) throws IOException, ReflectiveOperationException {
    Path target = Path.of(folders[1]);
    Set<Path> written = new TreeSet<>();
    for (Class<?> each : classes(Path.of(folders[0]))) {
      if (declares(each)) {
        String name = each.getName().replace('.', '/') + "Declarations.java";
        Path file = target.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, new WriteDeclarations(each).source());
        written.add(file);
      }
    }
    try (Stream<Path> all = Files.walk(target)) {
      for (Path old : all.filter(Files::isRegularFile).filter(f -> !written.contains(f)).toList()) {
        Files.delete(old);
      }
    }
  }

  private static List<Class<?>> classes(Path folder)
      throws IOException, ReflectiveOperationException {
    List<Class<?>> classes = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder.resolve("drydock/cli"))) {
      for (Path file : files.sorted().toList()) {
        String name = folder.relativize(file).toString();
        if (name.endsWith(".class") && !name.endsWith("Declarations.class")) {
          String type = name.substring(0, name.length() - ".class".length()).replace('/', '.');
          classes.add(Class.forName(type, false, WriteDeclarations.class.getClassLoader()));
        }
      }
    }
    return classes;
  }

  /** Whether it or a class above it has annotations. */
  private static boolean declares(Class<?> type) {
    boolean own =
        type.isAnnotationPresent(Command.class)
            || Stream.of(type.getDeclaredFields()).anyMatch(WriteDeclarations::isDeclared);
    return own || (type.getSuperclass() != null && declares(type.getSuperclass()));
  }

  private static boolean isDeclared(Field field) {
    return Stream.of(Option.class, Parameters.class, Mixin.class, Spec.class)
        .anyMatch(field::isAnnotationPresent);
  }

  private String source() {
    String name = type.getSimpleName() + "Declarations";
    check(type.getEnclosingClass() == null, type, "is inside of another class");
    line("package " + type.getPackageName() + ";");
    line("");
    line("import picocli.CommandLine.Model.CommandSpec;");
    line("import picocli.CommandLine.Range;");
    line("");
    line("/** Written by the build. */");
    line("public final class " + name + " extends drydock.cli.option.Declarations {");
    line("  @Override");
    line("  public void addTo(CommandSpec spec, CommandSpec whole, Object object) {");
    line("    " + type.getName() + " self = (" + type.getName() + ") object;");
    if (declares(type.getSuperclass())) {
      line("    new " + type.getSuperclass().getName() + "Declarations()");
      line("        .addTo(spec, whole, object);");
    }
    command(type.getAnnotation(Command.class));
    for (Field field : type.getDeclaredFields()) {
      if (isDeclared(field)) {
        check(!Modifier.isPrivate(field.getModifiers()), field, "is private");
        check(!Modifier.isStatic(field.getModifiers()), field, "is static");
        field(field);
      }
    }
    line("  }");
    getter();
    setter();
    line("}");
    return out.toString();
  }

  private void command(Command command) {
    if (command == null) {
      return;
    }
    checkKnown(command, COMMAND, type);
    line("    spec.name(" + quoted(command.name()) + ");");
    usage(command, "description", command.description());
    usage(command, "footer", command.footer());
    usage(command, "synopsisSubcommandLabel", command.synopsisSubcommandLabel());
  }

  private void usage(Command command, String what, String... texts) {
    if (says(command, what)) {
      line("    spec.usageMessage()." + what + "(" + quoted(texts) + ");");
    }
  }

  private void field(Field field) {
    Mixin mixin = field.getAnnotation(Mixin.class);
    Spec spec = field.getAnnotation(Spec.class);
    if (mixin != null) {
      checkKnown(mixin, Set.of(), field);
      String declarations = field.getType().getName() + "Declarations";
      String name = field.getName();
      line("    mix(spec, " + quoted(name) + ", self." + name + ", new " + declarations + "());");
    } else if (spec != null) {
      boolean own = spec.value() == Spec.Target.SELF;
      line("    self." + field.getName() + " = " + (own ? "spec" : "whole") + ";");
    } else {
      int number = arguments.size();
      arguments.add(field);
      Option option = field.getAnnotation(Option.class);
      if (option != null) {
        option(field, option, number);
      } else {
        parameter(field, field.getAnnotation(Parameters.class), number);
      }
    }
  }

  private void option(Field field, Option option, int number) {
    checkKnown(option, OPTION, field);
    line("    spec.addOption(");
    line("        option(object, " + number + ", " + quoted(option.names()) + ")");
    argument(field, option.paramLabel(), option.description(), option.split());
    set("hidden", option.hidden());
    set("required", option.required());
    set("usageHelp", option.usageHelp());
    set("negatable", option.negatable());
    text("defaultValue", option.defaultValue(), says(option, "defaultValue"));
    text("fallbackValue", option.fallbackValue(), says(option, "fallbackValue"));
    line("            .arity(" + range(Range.optionArity(field)) + ")");
    line("            .build());");
  }

  private void parameter(Field field, Parameters parameter, int number) {
    checkKnown(parameter, PARAMETERS, field);
    Range arity = Range.parameterArity(field);
    line("    spec.addPositional(");
    line("        parameter(object, " + number + ")");
    argument(field, parameter.paramLabel(), parameter.description(), parameter.split());
    set("hidden", parameter.hidden());
    text("index", parameter.index(), says(parameter, "index"));
    for (Class<?> converter : parameter.converter()) {
      line("            .converters(new " + converter.getCanonicalName() + "())");
    }
    set("required", arity.min() > 0);
    line("            .arity(" + range(arity) + ")");
    line("            .build());");
  }

  /** What options and parameters have in common. */
  private void argument(Field field, String label, String[] description, String split) {
    String shown = label.isEmpty() ? "<" + field.getName() + ">" : label;
    line("            .type(" + field.getType().getCanonicalName() + ".class)");
    line("            .auxiliaryTypes(" + item(field).getCanonicalName() + ".class)");
    line("            .paramLabel(" + quoted(shown) + ")");
    line("            .description(" + quoted(description) + ")");
    text("splitRegex", split, !split.isEmpty());
  }

  /** What a list is of; of anything else its own type. */
  private static Class<?> item(Field field) {
    if (field.getGenericType() instanceof ParameterizedType list) {
      Type[] of = list.getActualTypeArguments();
      boolean known = field.getType() == List.class && of[0] instanceof Class<?>;
      check(known, field, "is no list of a plain type");
      return (Class<?>) of[0];
    }
    check(!DATES.contains(field.getType().getPackageName()), field, "is a date");
    return field.getType();
  }

  private void getter() {
    line("");
    line("  @Override");
    line("  protected Object get(Object object, int field) {");
    line("    " + type.getName() + " self = (" + type.getName() + ") object;");
    line("    switch (field) {");
    for (int i = 0; i < arguments.size(); i++) {
      line("      case " + i + ": return self." + arguments.get(i).getName() + ";");
    }
    line("      default: throw new IllegalArgumentException(\"no field \" + field);");
    line("    }");
    line("  }");
  }

  private void setter() {
    line("");
    line("  @Override");
    line("  @SuppressWarnings(\"unchecked\")");
    line("  protected void set(Object object, int field, Object value) {");
    line("    " + type.getName() + " self = (" + type.getName() + ") object;");
    line("    switch (field) {");
    for (int i = 0; i < arguments.size(); i++) {
      Field field = arguments.get(i);
      String cast = boxed(field.getGenericType());
      line("      case " + i + ": self." + field.getName() + " = (" + cast + ") value; break;");
    }
    line("      default: throw new IllegalArgumentException(\"no field \" + field);");
    line("    }");
    line("  }");
  }

  private static String boxed(Type type) {
    if (type instanceof Class<?> plain) {
      return MethodType.methodType(plain).wrap().returnType().getCanonicalName();
    }
    return type.getTypeName().replace('$', '.');
  }

  private void set(String what, boolean value) {
    if (value) {
      line("            ." + what + "(true)");
    }
  }

  private void text(String what, String value, boolean said) {
    if (said) {
      line("            ." + what + "(" + quoted(value) + ")");
    }
  }

  private static String range(Range range) {
    return "new Range("
        + (range.min() + ", " + range.max() + ", " + range.isVariable() + ", ")
        + (range.isUnspecified() + ", " + quoted(range.originalValue()) + ")");
  }

  private static String quoted(String... texts) {
    return Stream.of(texts).map(WriteDeclarations::literal).collect(Collectors.joining(", "));
  }

  private static String literal(String text) {
    if (text == null) {
      return "null";
    }
    StringBuilder literal = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        literal.append('\\').append(c);
      } else if (c >= ' ' && c < 127) {
        literal.append(c);
      } else {
        literal.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      }
    }
    return literal.append('"').toString();
  }

  /** Nothing that is said of a command may get lost on the way. */
  private static void checkKnown(Annotation annotation, Set<String> known, Object where) {
    for (Method each : annotation.annotationType().getDeclaredMethods()) {
      String name = each.getName();
      check(known.contains(name) || !says(annotation, name), where, "says " + name);
    }
  }

  private static boolean says(Annotation annotation, String what) {
    try {
      Method method = annotation.annotationType().getDeclaredMethod(what);
      return !Objects.deepEquals(method.invoke(annotation), method.getDefaultValue());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void check(boolean known, Object where, String what) {
    if (!known) {
      throw new IllegalStateException(where + " " + what + ": not known to " + NAME);
    }
  }

  private void line(String line) {
    out.append(line).append('\n');
  }
}
