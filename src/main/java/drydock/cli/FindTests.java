package drydock.cli;

import drydock.cli.option.Declarations;
import drydock.fs.FileMeta;
import drydock.fs.FileTimes;
import drydock.fs.Glob;
import drydock.fs.Name;
import drydock.fs.NameText;
import drydock.fs.NodeType;
import drydock.report.FileRow;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The tests of {@code find}, as options. Each that is given has to fit. */
final class FindTests {
  /** The times that a file has. */
  enum Clock {
    MODIFIED,
    ACCESSED,
    CHANGED,
    BORN,
    ANY;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }

    Stream<Instant> of(FileTimes times) {
      return switch (this) {
        case MODIFIED -> Stream.ofNullable(times.modified());
        case ACCESSED -> Stream.ofNullable(times.accessed());
        case CHANGED -> Stream.ofNullable(times.changed());
        case BORN -> Stream.ofNullable(times.born());
        case ANY -> Stream.of(MODIFIED, ACCESSED, CHANGED, BORN).flatMap(each -> each.of(times));
      };
    }
  }

  private static final Pattern SIZE = Pattern.compile("([+-]?)(\\d{1,18})([kKMmGgTt]?)");
  private static final int SET_UID = 04000;
  private static final int SET_GID = 02000;

  @Spec(Spec.Target.MIXEE)
  CommandSpec command = Declarations.emptySpec();

  @Option(names = "--name", paramLabel = "GLOB", description = "Its name, with * ? [...].")
  @Nullable String name;

  @Option(names = "--iname", paramLabel = "GLOB", description = "The same, whatever the case.")
  @Nullable String nameAnyCase;

  @Option(
      names = "--path",
      paramLabel = "GLOB",
      description = "Its whole path; * stops at slashes, ** does not.")
  @Nullable String path;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      split = ",",
      description = "file, directory, symlink, character, block, fifo, socket, or f d l c b p s.")
  List<String> types = new ArrayList<>();

  @Option(
      names = "--size",
      paramLabel = "[+-]N",
      description = "Bytes, or with k, M, G: N exactly, +N more, -N less.")
  @Nullable String size;

  @Option(
      names = {"--since", "--newer"},
      paramLabel = "TIME",
      description = "At that time or later.")
  @Nullable String since;

  @Option(names = "--until", paramLabel = "TIME", description = "Before that time.")
  @Nullable String until;

  @Option(
      names = "--time",
      paramLabel = "WHICH",
      description = "The time that is meant: ${COMPLETION-CANDIDATES}; modified by itself.")
  Clock clock = Clock.MODIFIED;

  @Option(names = "--user", paramLabel = "USER", description = "Owner, by number or name.")
  @Nullable String user;

  @Option(names = "--group", paramLabel = "GROUP", description = "Group, by number or name.")
  @Nullable String group;

  @Option(
      names = "--perm",
      paramLabel = "[-/]MODE",
      description = "Octal: MODE exactly, -MODE all of these bits, /MODE any of them.")
  @Nullable String permissions;

  @Option(names = "--setuid", description = "Files that run as their owner or group.")
  boolean setUid;

  @Option(names = "--inode", paramLabel = "N", description = "This inode number.")
  @Nullable Long inode;

  @Option(
      names = "--layer",
      paramLabel = "N",
      description = "From this layer of a container; 0 is its own, above the image's.")
  @Nullable Integer layer;

  @Option(
      names = "--attribute",
      paramLabel = "GLOB",
      description = "With an extended attribute of such a name.")
  @Nullable String attribute;

  /** All tests as one, for a tree with these accounts. */
  FileTest test(Accounts accounts) throws IOException {
    Set<NodeType> wanted = texts().types(types);
    FileTest all = names().and(file -> wanted.contains(file.meta().type())).and(times());
    if (size != null) {
      all = all.and(sizeTest(size));
    }
    if (user != null) {
      long uid = number(accounts.user(user), "user", user);
      all = all.and(file -> file.meta().uid() == uid);
    }
    if (group != null) {
      long gid = number(accounts.group(group), "group", group);
      all = all.and(file -> file.meta().gid() == gid);
    }
    if (permissions != null) {
      all = all.and(permissionTest(permissions));
    }
    if (attribute != null) {
      Glob glob = Glob.ofName(attribute);
      all = all.and(file -> file.attributeNames().stream().anyMatch(glob::matches));
    }
    return all.and(this::numbersFit);
  }

  private FileTest names() {
    FileTest all = file -> true;
    if (name != null) {
      Glob glob = Glob.ofName(name);
      all = all.and(file -> glob.matches(file.path().name()));
    }
    if (nameAnyCase != null) {
      Glob glob = Glob.ofName(nameAnyCase.toLowerCase(Locale.ROOT));
      all = all.and(file -> glob.matches(lower(file)));
    }
    if (path != null) {
      Glob glob = Glob.ofPath(path);
      all = all.and(file -> glob.matches(file.path()));
    }
    return all;
  }

  private static Name lower(FileRow file) {
    return Name.of(NameText.unescape(file.path().name().toString().toLowerCase(Locale.ROOT)));
  }

  private FileTest times() {
    Instant from = texts().time("--since", since, Instant.MIN);
    Instant to = texts().time("--until", until, Instant.MAX);
    if (since == null && until == null) {
      return file -> true;
    }
    return file ->
        clock.of(file.meta().times()).anyMatch(at -> !at.isBefore(from) && at.isBefore(to));
  }

  private boolean numbersFit(FileRow file) {
    FileMeta meta = file.meta();
    boolean runsAsOther = meta.isFile() && (meta.permissions() & (SET_UID | SET_GID)) != 0;
    return (!setUid || runsAsOther)
        && (inode == null || inode == meta.inode())
        && (layer == null || layer.equals(file.layer()));
  }

  private FileTest sizeTest(String text) {
    Matcher match = SIZE.matcher(text);
    int shift = match.matches() ? 10 * ("kmgt".indexOf(lastLetter(match)) + 1) : 0;
    if (!match.matches() || Long.parseLong(match.group(2)) > Long.MAX_VALUE >> shift) {
      throw texts().wrong("--size", text, "a number such as 0, +100k or -2M");
    }
    long wanted = Long.parseLong(match.group(2)) << shift;
    return switch (match.group(1)) {
      case "+" -> file -> file.meta().size() > wanted;
      case "-" -> file -> file.meta().size() < wanted;
      default -> file -> file.meta().size() == wanted;
    };
  }

  /** The letter behind a size; a space when there is none. */
  private static char lastLetter(Matcher match) {
    return (" " + match.group(3)).toLowerCase(Locale.ROOT).charAt(match.group(3).length());
  }

  private FileTest permissionTest(String text) {
    if (!text.matches("[-/]?[0-7]{1,4}")) {
      throw texts().wrong("--perm", text, "octal digits such as 4755, -4000 or /6000");
    }
    int bits = Integer.parseInt(text.replaceFirst("^[-/]", ""), 8);
    return switch (text.charAt(0)) {
      case '-' -> file -> (file.meta().permissions() & bits) == bits;
      case '/' -> file -> (file.meta().permissions() & bits) != 0;
      default -> file -> file.meta().permissions() == bits;
    };
  }

  private long number(Optional<Long> id, String kind, String text) {
    return id.orElseThrow(
        () ->
            texts()
                .wrong(
                    "--" + kind, text, "a number, or a " + kind + " that this tree names in /etc"));
  }

  private OptionText texts() {
    return new OptionText(command);
  }
}
