package drydock.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import drydock.bytes.ByteSource;
import drydock.finding.FindingLog;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every file tree does; each kind has a subclass that says how to open one. */
public abstract class FileTreeContract {
  private static final int MAX_NODES = 3000;

  private interface Check {
    void check(TreePath path, Node node, FileMeta meta) throws IOException;
  }

  private static final class Enough extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** A tree without damage, with at least a directory, a file with content and a symlink in it. */
  protected abstract FileTree tree() throws IOException;

  private void each(Check check) throws IOException {
    FindingLog log = new FindingLog();
    int[] count = {0};
    try {
      new TreeWalk(log)
          .walk(
              TreePath.ROOT,
              tree().root(),
              (path, node, meta) -> {
                check.check(path, node, meta);
                if (++count[0] >= MAX_NODES) {
                  throw new Enough();
                }
              });
    } catch (Enough e) {
      assertThat(count[0]).isEqualTo(MAX_NODES);
    }
    assertThat(log.list()).isEmpty();
    assertThat(count[0]).isGreaterThan(3);
  }

  @Test
  void rootIsADirectoryWithoutANameInFront() throws IOException {
    assertThat(tree().root().meta().isDirectory()).isTrue();
    assertThat(tree().info().type()).isNotEmpty();
    assertThat(tree().origin().toString()).isNotEmpty();
  }

  @Test
  void listsAreSortedByBytesAndHoldEachNameOnce() throws IOException {
    each(
        (path, node, meta) -> {
          if (meta.isDirectory()) {
            List<Name> names = node.list().stream().map(Entry::name).toList();
            assertThat(names).as("%s", path).isSorted().doesNotHaveDuplicates();
            assertThat(names).noneMatch(Name::isDotOrDotDot);
          }
        });
  }

  @Test
  void childFindsWhatTheListHoldsAndNothingElse() throws IOException {
    each(
        (path, node, meta) -> {
          if (!meta.isDirectory()) {
            return;
          }
          for (Entry entry : node.list()) {
            Entry child = node.child(entry.name()).orElseThrow();
            assertThat(child.name()).isEqualTo(entry.name());
            assertThat(child.node().identity()).isEqualTo(entry.node().identity());
            assertThat(child.node().meta()).isEqualTo(entry.node().meta());
            if (entry.type() != null) {
              assertThat(entry.type()).isEqualTo(child.node().meta().type());
            }
          }
          assertThat(node.child(Name.of("no such name \u0001"))).isEmpty();
          assertThat(node.child(Name.of("."))).isEmpty();
          assertThat(node.child(Name.of(".."))).isEmpty();
        });
  }

  @Test
  void onlyDirectoriesCanBeListed() throws IOException {
    each(
        (path, node, meta) -> {
          if (!meta.isDirectory()) {
            assertThatThrownBy(node::list).as("%s", path).isInstanceOf(NotDirectoryException.class);
          }
        });
  }

  @Test
  void contentIsWhatTheSizeSaysAndNoMore() throws IOException {
    each(
        (path, node, meta) -> {
          if (meta.isDirectory()) {
            assertThatThrownBy(node::content).as("%s", path).isInstanceOf(IOException.class);
            return;
          }
          ByteSource content = node.content();
          assertThat(content.size()).as("%s", path).isEqualTo(meta.isFile() ? meta.size() : 0);
          assertThatThrownBy(() -> content.read(content.size(), new byte[1], 0, 1))
              .isInstanceOf(EOFException.class);
          int some = (int) Math.min(content.size(), 4096);
          assertThat(content.bytes(content.size() - some, some)).hasSize(some);
        });
  }

  @Test
  void targetsBelongToSymlinksAndNumbersToDevices() throws IOException {
    each(
        (path, node, meta) -> {
          assertThat(node.linkTarget().length)
              .as("%s", path)
              .matches(n -> n > 0 == meta.isSymlink());
          assertThat(meta.device() != null).as("%s", path).isEqualTo(meta.type().isDevice());
          assertThat(meta.permissions()).isBetween(0, 07777);
        });
  }

  @Test
  void attributesCanBeReadOfEveryNode() throws IOException {
    each((path, node, meta) -> assertThat(node.attributes()).as("%s", path).isNotNull());
  }
}
