package drydock;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaMember.Predicates.declaredIn;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.FieldAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The floors of the house and what holds everywhere in it: {@code docs/architecture.md}. */
class ArchitectureTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/test-classes/"))
          .importPackages("drydock");

  private static final String KAITAI = "io.kaitai..";
  private static final String PROTOBUF = "com.google.protobuf..";
  private static final String JSON = "com.google.gson..";
  private static final String YAML = "org.snakeyaml..";
  private static final String NATIVE = "jnr..";
  private static final String TERMINAL = "picocli..";
  private static final String ARCHIVES = "org.apache.commons.compress..";
  private static final String XZ = "org.tukaani.xz..";
  private static final String ZSTD = "com.github.luben.zstd..";

  private static final DescribedPredicate<JavaClass> GENERATED =
      resideInAnyPackage("drydock.ksy..", "drydock.proto..").as("generated");

  /** A package, the packages that it may use, and the outside libraries that it may use. */
  record Floor(String name, String uses, String... libraries) {
    @Override
    public String toString() {
      return name + " uses " + (uses.isEmpty() ? "the JDK only" : uses);
    }
  }

  static Stream<Floor> floors() {
    return Stream.of(
        new Floor("bytes", ""),
        new Floor("finding", "bytes"),
        new Floor("ksy", "", KAITAI),
        new Floor("proto", "", PROTOBUF),
        new Floor("shape", "bytes", KAITAI),
        new Floor("oci", "bytes", JSON),
        new Floor("disk", "bytes finding shape ksy", ARCHIVES, XZ, ZSTD),
        new Floor("partition", "bytes finding shape ksy"),
        new Floor("bolt", "bytes finding shape ksy"),
        new Floor("fs", "bytes finding shape ksy", NATIVE, ARCHIVES, XZ, ZSTD),
        new Floor("overlay", "bytes finding fs"),
        new Floor("runtime", "bytes finding fs bolt oci overlay proto", PROTOBUF, JSON),
        new Floor("kubernetes", "bytes finding fs bolt oci overlay proto", PROTOBUF, JSON),
        new Floor("checkpoint", "bytes finding fs oci proto", PROTOBUF),
        new Floor(
            "evidence",
            "bytes finding disk partition fs oci overlay runtime kubernetes checkpoint"),
        new Floor("timeline", "bytes finding fs oci overlay runtime kubernetes checkpoint"),
        new Floor("drift", "bytes finding fs overlay runtime oci"),
        new Floor("provenance", "bytes finding fs overlay runtime kubernetes oci evidence"),
        new Floor("verify", "bytes finding fs runtime oci"),
        new Floor("export", "bytes finding fs", NATIVE, ARCHIVES, XZ, ZSTD),
        new Floor(
            "report",
            "bytes finding disk partition fs oci overlay runtime kubernetes checkpoint evidence"
                + " timeline drift provenance verify export",
            JSON),
        new Floor(
            "cli",
            "bytes finding shape disk partition bolt fs oci overlay runtime kubernetes checkpoint"
                + " evidence timeline drift provenance verify export report",
            TERMINAL,
            YAML));
  }

  @ParameterizedTest
  @MethodSource("floors")
  void floorUsesOnlyWhatLiesBelow(Floor floor) {
    List<String> allowed =
        new ArrayList<>(List.of("java..", "javax..", "jdk.net..", "com.sun.net.httpserver.."));
    allowed.addAll(List.of("org.jspecify.annotations..", "", in(floor.name())));
    Pattern.compile(" ")
        .splitAsStream(floor.uses())
        .filter(s -> !s.isEmpty())
        .map(ArchitectureTest::in)
        .forEach(allowed::add);
    allowed.addAll(List.of(floor.libraries()));
    check(
        classes()
            .that()
            .resideInAPackage(in(floor.name()))
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(allowed.toArray(String[]::new)));
  }

  @Test
  void everyPackageHasItsFloor() {
    String[] known = floors().map(floor -> in(floor.name())).toArray(String[]::new);
    check(classes().should().resideInAnyPackage(known));
  }

  @Test
  void nativeCallsAreMadeForTheExaminersDirectoriesOnly() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("drydock.fs.host..", "drydock.export.folder..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(NATIVE));
  }

  @Test
  void amongFileSystemsOnlyArchivesUseTheArchiveLibraries() {
    check(
        noClasses()
            .that(resideInAPackage("drydock.fs..").and(not(resideInAPackage("drydock.fs.tar.."))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ARCHIVES, XZ, ZSTD));
  }

  @Test
  void packagesFormNoCycles() {
    check(slices().matching("drydock.(**)").should().beFreeOfCycles());
  }

  @Test
  void generatedClassesAreInNoPublicSignature() {
    check(
        members()
            .that(declaredIn(not(GENERATED)))
            .and(
                declaredIn(
                    DescribedPredicate.<JavaClass>describe(
                        "public class", c -> c.getModifiers().contains(JavaModifier.PUBLIC))))
            .and(
                DescribedPredicate.describe(
                    "are public or protected",
                    m ->
                        m.getModifiers().contains(JavaModifier.PUBLIC)
                            || m.getModifiers().contains(JavaModifier.PROTECTED)))
            .should(condition("name no generated class", ArchitectureTest::namesNoGeneratedClass)));
  }

  @Test
  void generatedCodeNeverOpensAFile() {
    check(
        noClasses()
            .should()
            .callMethodWhere(
                access(
                    "generated fromFile",
                    a -> a.getName().equals("fromFile") && GENERATED.test(a.getTargetOwner()))));
  }

  @Test
  void onlyTheBridgeMakesKaitaiStreams() {
    check(
        noClasses()
            .that(not(GENERATED).and(not(resideInAPackage("drydock.shape.."))))
            .should()
            .dependOnClassesThat()
            .haveNameMatching("io\\.kaitai\\.struct\\..*Stream"));
  }

  @Test
  void onlyTheCommandLineSpeaksToTheTerminal() {
    check(
        outsideOf("cli")
            .accessFieldWhere(
                access("System.in, out or err", a -> isField(a, System.class, "in|out|err")))
            .orShould()
            .callMethodWhere(
                access(
                    "Throwable.printStackTrace()",
                    a ->
                        a.getName().equals("printStackTrace")
                            && a.getTarget().getOwner().isAssignableTo(Throwable.class)))
            .orShould()
            .callMethodWhere(
                access(
                    "System.console or exit",
                    a ->
                        isIn(a, System.class)
                            && Set.of("console", "exit", "setOut", "setErr")
                                .contains(a.getName()))));
  }

  @Test
  void evidenceIsOpenedForReadingOnly() {
    Pattern writing =
        Pattern.compile(
            "write.*|create.*|delete.*|copy|move|set.*|newOutputStream|newBufferedWriter");
    Pattern options =
        Pattern.compile("WRITE|APPEND|CREATE|CREATE_NEW|TRUNCATE_EXISTING|DELETE_ON_CLOSE");
    check(
        outsideOf("cli", "export")
            .callMethodWhere(
                access(
                    "writing calls of Files",
                    a ->
                        isIn(a, java.nio.file.Files.class)
                            && writing.matcher(a.getName()).matches()))
            .orShould()
            .accessFieldWhere(
                access(
                    "options to write",
                    a -> isField(a, java.nio.file.StandardOpenOption.class, options.pattern())))
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(
                java.io.FileOutputStream.class,
                java.io.FileWriter.class,
                java.io.RandomAccessFile.class));
  }

  @Test
  void onlyTheCommandLineAsksTheClock() {
    check(
        outsideOf("cli")
            .callMethodWhere(
                access(
                    "the clock of System",
                    a ->
                        isIn(a, System.class)
                            && Set.of("currentTimeMillis", "nanoTime").contains(a.getName())))
            .orShould()
            .callMethodWhere(
                access(
                    "now() of java.time",
                    a ->
                        a.getName().equals("now")
                            && a.getTargetOwner().getPackageName().startsWith("java.time")))
            .orShould()
            .callMethodWhere(
                access(
                    "Clock.system...",
                    a -> isIn(a, java.time.Clock.class) && a.getName().startsWith("system")))
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(java.util.Date.class, java.util.Calendar.class));
  }

  @Test
  void nothingIsLogged() {
    check(
        noClasses()
            .that(not(GENERATED))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.logging..", "org.slf4j..")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(System.Logger.class));
  }

  @Test
  void noStaticFieldChanges() {
    check(fields().that().areStatic().and(declaredIn(not(GENERATED))).should().beFinal());
  }

  @Test
  void namesSayWhatThingsAre() {
    check(
        noClasses()
            .that(not(GENERATED))
            .should()
            .haveNameMatching(".*(Utils?|Helpers?|Manager|Common|Impl)(\\$.*)?"));
    check(
        methods()
            .that(declaredIn(not(GENERATED)))
            .and(
                DescribedPredicate.describe("override nothing", ArchitectureTest::overridesNothing))
            .should()
            .haveNameNotMatching("(get|set)[A-Z].*"));
  }

  private static String in(String name) {
    return "drydock." + name + "..";
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(HOUSE);
  }

  private static com.tngtech.archunit.lang.syntax.elements.ClassesShould outsideOf(
      String... packages) {
    String[] names = Stream.of(packages).map(ArchitectureTest::in).toArray(String[]::new);
    return noClasses().that(not(GENERATED).and(not(resideInAnyPackage(names)))).should();
  }

  private static <A extends JavaAccess<?>> DescribedPredicate<A> access(
      String text, java.util.function.Predicate<A> test) {
    return DescribedPredicate.describe(text, test);
  }

  private static boolean isIn(JavaAccess<?> access, Class<?> owner) {
    return access.getTargetOwner().isEquivalentTo(owner);
  }

  private static boolean isField(JavaAccess<?> access, Class<?> owner, String names) {
    return access.getTarget() instanceof FieldAccessTarget
        && isIn(access, owner)
        && access.getName().matches(names);
  }

  private static boolean namesNoGeneratedClass(JavaMember member) {
    if (member instanceof JavaField field) {
      return field.getType().getAllInvolvedRawTypes().stream().noneMatch(GENERATED);
    }
    JavaCodeUnit unit = (JavaCodeUnit) member;
    return Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream())
        .flatMap(type -> type.getAllInvolvedRawTypes().stream())
        .noneMatch(GENERATED);
  }

  private static boolean overridesNothing(JavaMethod method) {
    return Stream.concat(
            method.getOwner().getAllRawSuperclasses().stream(),
            method.getOwner().getAllRawInterfaces().stream())
        .flatMap(above -> above.getMethods().stream())
        .noneMatch(above -> above.getName().equals(method.getName()));
  }

  private static <T extends JavaMember> ArchCondition<T> condition(
      String text, java.util.function.Predicate<JavaMember> test) {
    return new ArchCondition<>(text) {
      @Override
      public void check(T item, ConditionEvents events) {
        events.add(new SimpleConditionEvent(item, test.test(item), item.getFullName()));
      }
    };
  }
}
