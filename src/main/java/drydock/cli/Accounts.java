package drydock.cli;

import drydock.fs.FileTree;
import drydock.fs.Lookup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The users and groups that a tree names in its own {@code /etc/passwd} and {@code /etc/group}. */
final class Accounts {
  private static final int MAX_BYTES = 1 << 20;
  private static final int ID_FIELD = 2;

  private final FileTree tree;

  Accounts(FileTree tree) {
    this.tree = tree;
  }

  /** The number that a text is, or that the user of this name has in the tree. */
  Optional<Long> user(String text) throws IOException {
    return number(text, "/etc/passwd");
  }

  /** The number that a text is, or that the group of this name has in the tree. */
  Optional<Long> group(String text) throws IOException {
    return number(text, "/etc/group");
  }

  private Optional<Long> number(String text, String file) throws IOException {
    if (text.matches("\\d{1,10}")) {
      return Optional.of(Long.parseLong(text));
    }
    Optional<Lookup.Found> found = new Lookup(tree).tryFind(file);
    if (found.isEmpty() || !found.get().node().meta().isFile()) {
      return Optional.empty();
    }
    byte[] bytes = found.get().node().content().allBytes(MAX_BYTES);
    return new String(bytes, StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.split(":", -1))
        .filter(fields -> fields.length > ID_FIELD && fields[0].equals(text))
        .filter(fields -> fields[ID_FIELD].matches("\\d{1,10}"))
        .map(fields -> Long.parseLong(fields[ID_FIELD]))
        .findFirst();
  }
}
