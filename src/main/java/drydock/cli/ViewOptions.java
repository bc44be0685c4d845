package drydock.cli;

import drydock.cli.select.Owned;
import drydock.evidence.Evidence;
import drydock.fs.DirectoryTree;
import drydock.fs.FileTree;
import drydock.overlay.Layer;
import drydock.overlay.OverlayTree;
import drydock.runtime.Container;
import drydock.timeline.Subject;
import drydock.timeline.View;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which trees of a container a timeline tells of. */
final class ViewOptions {
  @Option(names = "--upper", description = "Of containers the writable layer alone.")
  boolean upper;

  @Option(
      names = "--layers",
      description = "Of containers each layer by itself: CONTAINER:layerN:/path, 0 is the top one.")
  boolean layers;

  @Mixin VolumesOption volumes = new VolumesOption();

  /** Whether layers are asked for instead of what the container showed. */
  boolean areLayers() {
    return upper || layers;
  }

  /** The trees of a container that are asked for. */
  List<View> of(Evidence evidence, Owned<Container> owned, String label) throws IOException {
    Subject subject = Subject.of(owned.thing());
    if (!areLayers()) {
      return List.of(new View(volumes.tree(evidence, owned), label + ":", subject, null));
    }
    FileTree tree = owned.runtime().rootFs(owned.thing());
    List<FileTree> each = layers(tree);
    if (upper) {
      return List.of(new View(each.get(0), label + ":", subject, 0));
    }
    List<View> views = new ArrayList<>();
    for (int i = 0; i < each.size(); i++) {
      views.add(new View(each.get(i), label + ":layer" + i + ":", subject, i));
    }
    return views;
  }

  /** One tree a layer, as it lies there: whiteouts are what they are. */
  private static List<FileTree> layers(FileTree tree) {
    if (!(tree instanceof OverlayTree overlay)) {
      return List.of(tree);
    }
    List<FileTree> trees = new ArrayList<>();
    for (Layer layer : overlay.layers()) {
      trees.add(new DirectoryTree(layer.root()));
    }
    return trees;
  }
}
