package drydock.runtime.containerd;

import drydock.finding.FindingLog;
import drydock.fs.Picture;
import drydock.fs.PictureTree;
import drydock.runtime.Runtime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The root that {@code src/test/scripts/containerd-state} makes with containerd 1.7's own code. */
final class StateFixture {
  /** A directory by its entries' names; a file is its bytes. */
  private final Map<String, Object> root = new TreeMap<>();

  final FindingLog log = new FindingLog();

  Runtime engine() throws IOException {
    try (InputStream file = Files.newInputStream(FixtureNode.directory("containerd-state.tar.gz"));
        TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(file))) {
      for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
        put(e.getName(), e.isDirectory() ? new TreeMap<String, Object>() : tar.readAllBytes());
      }
    }
    PictureTree tree = PictureTree.of(pictures(root).toArray(new Picture[0]));
    return new ContainerdFormat().find(tree, null, log).get(0);
  }

  @SuppressWarnings("unchecked")
  private void put(String path, Object what) {
    String[] names = path.split("/");
    Map<String, Object> directory = root;
    for (int i = 0; i + 1 < names.length; i++) {
      directory = (Map<String, Object>) directory.get(names[i]);
    }
    directory.put(names[names.length - 1], what);
  }

  @SuppressWarnings("unchecked")
  private static List<Picture> pictures(Map<String, Object> directory) {
    List<Picture> pictures = new ArrayList<>();
    directory.forEach(
        (name, what) ->
            pictures.add(
                what instanceof byte[] bytes
                    ? Picture.file(name).withBytes(bytes)
                    : Picture.dir(
                        name, pictures((Map<String, Object>) what).toArray(new Picture[0]))));
    return pictures;
  }
}
