package drydock.cli.option;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What a class declares with annotations of picocli, as code: to read annotations takes longer than
 * most commands do. The build writes a subclass for each class that has any, named as it with
 * {@code Declarations} behind; the annotations are what counts. Without state, safe from many
 * threads.
 */
public abstract class Declarations {
  /** The declarations of a command's class; empty of one that the build does not know. */
  public static Optional<Declarations> of(Class<?> type) {
    try {
      Class<?> written = Class.forName(type.getName() + "Declarations");
      return Optional.of((Declarations) written.getDeclaredConstructor().newInstance());
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the declarations of " + type + " cannot be made", e);
    }
  }

  /** A spec that says nothing. One that picocli makes by itself looks for Groovy in all jars. */
  public static CommandSpec emptySpec() {
    return CommandSpec.wrapWithoutInspection(null, new NoFactory());
  }

  /**
   * Adds all of them to a spec, and tells the object of it.
   *
   * @param spec the command, or the mixin
   * @param whole the command or mixin that the mixin is in; of a command itself
   * @param object of the class that declares them, or of one below it
   */
  public abstract void addTo(CommandSpec spec, CommandSpec whole, Object object);

  /** What is in the field of that number. */
  protected abstract @Nullable Object get(Object object, int field);

  protected abstract void set(Object object, int field, @Nullable Object value);

  /** Begins an option that is kept in the field of that number. */
  protected final OptionSpec.Builder option(Object object, int field, String... names) {
    Field binding = new Field(this, object, field);
    return OptionSpec.builder(names[0], Arrays.copyOfRange(names, 1, names.length))
        .getter(binding)
        .setter(binding)
        .initialValue(binding.get());
  }

  /** Begins a parameter that is kept in the field of that number. */
  protected final PositionalParamSpec.Builder parameter(Object object, int field) {
    Field binding = new Field(this, object, field);
    return PositionalParamSpec.builder()
        .getter(binding)
        .setter(binding)
        .initialValue(binding.get());
  }

  /** Adds what another class declares, of which a field holds an object. */
  protected static void mix(CommandSpec spec, String name, Object object, Declarations of) {
    CommandSpec mixin = CommandSpec.wrapWithoutInspection(object, new NoFactory());
    of.addTo(mixin, spec, object);
    spec.addMixin(name, mixin);
  }

  /** For what is made already; picocli's own looks for Groovy in all jars. */
  private record NoFactory() implements IFactory {
    @Override
    public <K> K create(Class<K> type) {
      throw new IllegalStateException(type + " is not made here");
    }
  }

  private record Field(Declarations of, Object object, int number) implements IGetter, ISetter {
    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // picocli says of neither that it may be null
    public <T> T get() {
      return (T) of.get(object, number);
    }

    @Override
    public <T> T set(T value) {
      T before = get();
      of.set(object, number, value);
      return before;
    }
  }
}
