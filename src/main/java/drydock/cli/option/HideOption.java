package drydock.cli.option;

import drydock.cli.select.SupportFile;
import drydock.report.Escape;
import drydock.runtime.Container;
import drydock.runtime.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which containers are not shown. By itself none is hidden. */
public final class HideOption {
  /** Roles that can be hidden, as they are typed. */
  enum Hidden {
    SUPPORT,
    SANDBOX;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--hide",
      paramLabel = "ROLE",
      split = ",",
      description = "Leave out containers of these roles: ${COMPLETION-CANDIDATES}.")
  List<Hidden> roles = new ArrayList<>();

  @Option(
      names = "--support-file",
      paramLabel = "FILE",
      description = "Leave out the containers named in FILE (supportcontainer.yaml).")
  @Nullable Path supportFile;

  public boolean isUsed() {
    return !roles.isEmpty() || supportFile != null;
  }

  /** Tells which containers to hide. */
  public Predicate<Container> hidden() throws IOException {
    SupportFile known = supportFile == null ? null : SupportFile.read(supportFile);
    return container ->
        roles.stream().anyMatch(role -> Role.valueOf(role.name()) == container.role())
            || (known != null && known.names(container));
  }

  /** Says how many were hidden, so that nobody takes the rest for all. */
  public void tell(int count, String kind, Console console, CommonOption common)
      throws IOException {
    if (count > 0 && !common.quiet()) {
      String by = roles.isEmpty() ? "" : " --hide " + join();
      String file = supportFile == null ? "" : " --support-file " + supportFile;
      console.say("drydock: " + count + " " + kind + " hidden by" + Escape.text(by + file));
    }
  }

  private String join() {
    return String.join(",", roles.stream().map(Hidden::toString).toList());
  }
}
