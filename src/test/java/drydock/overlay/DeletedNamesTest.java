package drydock.overlay;

import static drydock.fs.Picture.file;
import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.ArraySource;
import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.Lookup;
import drydock.fs.OpenOptions;
import drydock.fs.PictureTree;
import drydock.fs.ext4.Ext4Format;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Names that were deleted inside of the layers. */
class DeletedNamesTest {
  private static final Path IMAGE =
      Path.of(System.getProperty("fixtures", "fixtures"), "ext4-directories/deleted.img.gz");

  @Test
  void deletedNamesOfLayersAreShownUnlessTheyLiveInAnother() throws IOException {
    FindingLog log = new FindingLog();
    try (InputStream file = Files.newInputStream(IMAGE);
        InputStream in = new GZIPInputStream(file)) {
      ArraySource source = new ArraySource(in.readAllBytes(), Origin.of("image"));
      FileTree lower = new Ext4Format().open(source, OpenOptions.DEFAULT, log);
      Layer top = new Layer("top", PictureTree.of(file("s03.txt")).root());
      Layer bottom = new Layer("bottom", new Lookup(lower).find("/small").node());
      OverlayNode merged = OverlayTree.of(List.of(top, bottom), log).root();
      assertThat(merged.deletedNames())
          .extracting(each -> each.name().toString())
          .containsExactly("s00.txt", "s04.txt", "s05.txt", "s11.txt");
    }
  }
}
