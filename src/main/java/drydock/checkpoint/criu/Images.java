package drydock.checkpoint.criu;

import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.Entry;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.NodeType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The directory with the images of a dump. Safe from many threads. */
public final class Images {
  private final Node directory;
  private final FindingLog log;

  private Images(Node directory, FindingLog log) {
    this.directory = directory;
    this.log = log;
  }

  /** {@code log} takes what is wrong with the images, when they are read. */
  public static Images of(Node directory, FindingLog log) {
    return new Images(directory, log);
  }

  public Origin origin() {
    return directory.origin();
  }

  /** The names of all images, sorted: {@code *.img}, and those of a service. */
  public List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    for (Entry entry : directory.list()) {
      String name = entry.name().toString();
      boolean isImage = name.endsWith(".img") || ImageKind.ofName(name) != ImageKind.UNKNOWN;
      if (isImage && entry.type() != NodeType.DIRECTORY && entry.type() != NodeType.SYMLINK) {
        names.add(name);
      }
    }
    return names;
  }

  /** The image of that name. */
  public Optional<ImageFile> find(String name) throws IOException {
    Optional<Entry> entry = directory.child(Name.of(name));
    if (entry.isEmpty() || entry.get().node().meta().type() != NodeType.FILE) {
      return Optional.empty();
    }
    return Optional.of(ImageFile.open(name, entry.get().node().content(), log));
  }

  /** Whether an image that is named elsewhere is there; a finding if not. */
  boolean isThere(String name) throws IOException {
    boolean there = directory.child(Name.of(name)).isPresent();
    if (!there) {
      log.add(Finding.missing(origin(), "the image " + name + " is not there"));
    }
    return there;
  }

  FindingLog log() {
    return log;
  }
}
