package drydock.cli;

import drydock.cli.select.Owned;
import drydock.fs.FileTree;
import drydock.overlay.OverlayTree;
import drydock.runtime.Container;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Whether a container is shown as it was before its upper layers came. */
final class LayerOption {
  @Option(
      names = "--layer",
      paramLabel = "N",
      description =
          "Show a container as it was when its layer N was the top one: what the layers above hide.")
  @Nullable Integer layer;

  boolean isUsed() {
    return layer != null;
  }

  /** The layers of a container from that one down, without what was mounted. */
  FileTree tree(
      @Nullable Owned<Container> owner, int from, Function<String, ParameterException> usage)
      throws IOException {
    if (owner == null) {
      throw usage.apply("--layer is for CONTAINER:/path; the node has no layers");
    }
    FileTree tree = owner.runtime().rootFs(owner.thing());
    int layers = tree instanceof OverlayTree overlay ? overlay.layers().size() : 1;
    if (from < 0 || from >= layers) {
      throw usage.apply("--layer " + from + ": the container has the layers 0 to " + (layers - 1));
    }
    return tree instanceof OverlayTree overlay ? overlay.from(from) : tree;
  }
}
