package drydock.fs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** What tests say of trees: {@code assertThatTree(tree).has("/etc/passwd").withContent("...")}. */
public final class TreeAssert extends AbstractAssert<TreeAssert, FileTree> {
  private TreeAssert(FileTree tree) {
    super(tree, TreeAssert.class);
  }

  public static TreeAssert assertThatTree(FileTree tree) {
    return new TreeAssert(tree);
  }

  /** The directory has exactly these names, in this order. */
  public TreeAssert lists(String directory, String... names) throws IOException {
    List<Entry> entries = new Lookup(actual).find(directory).node().list();
    Assertions.assertThat(entries)
        .as("names in %s", directory)
        .extracting(entry -> entry.name().toString())
        .containsExactly(names);
    return this;
  }

  public TreeAssert hasNo(String path) throws IOException {
    Lookup lookup = new Lookup(actual);
    Assertions.assertThat(lookup.tryFind(path)).as(path).isEmpty();
    return this;
  }

  public TreeAssert has(String path, NodeType type) throws IOException {
    FileMeta meta = new Lookup(actual).findNoFollow(path).node().meta();
    Assertions.assertThat(meta.type()).as("type of %s", path).isEqualTo(type);
    return this;
  }

  /** There is a file with that content, through {@link Lookup} and through the listing alike. */
  public TreeAssert hasFile(String path, String content) throws IOException {
    Node node = new Lookup(actual).findNoFollow(path).node();
    Assertions.assertThat(node.meta().type()).as("type of %s", path).isEqualTo(NodeType.FILE);
    Assertions.assertThat(text(node)).as("content of %s", path).isEqualTo(content);
    return this;
  }

  public TreeAssert hasAttributes(String path, String... names) throws IOException {
    Node node = new Lookup(actual).findNoFollow(path).node();
    Assertions.assertThat(node.attributes().keySet())
        .as("attributes of %s", path)
        .extracting(Name::toString)
        .containsExactly(names);
    return this;
  }

  public static String text(Node node) throws IOException {
    return new String(node.content().allBytes(1 << 20), StandardCharsets.UTF_8);
  }
}
