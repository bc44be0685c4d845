package drydock.fs;

import static drydock.fs.Picture.device;
import static drydock.fs.Picture.dir;
import static drydock.fs.Picture.fifo;
import static drydock.fs.Picture.file;
import static drydock.fs.Picture.link;
import static drydock.fs.Picture.same;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class PictureTreeTest extends FileTreeContract {
  @Override
  protected FileTree tree() {
    return PictureTree.of(
        dir(
            "etc",
            file("passwd", "root"),
            link("mtab", "/proc/mounts"),
            same("shadow", "/etc/passwd")),
        device("null", 1, 3),
        fifo("pipe"));
  }

  @Test
  void twoNamesOfOneNodeAreOne() throws IOException {
    Lookup lookup = new Lookup(tree());
    Node one = lookup.find("/etc/passwd").node();
    Node other = lookup.find("/etc/shadow").node();

    assertThat(one.identity()).isEqualTo(other.identity());
    assertThat(one.meta().links()).isEqualTo(2);
  }
}
