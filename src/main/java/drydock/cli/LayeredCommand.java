package drydock.cli;

import drydock.cli.option.Console;
import drydock.cli.select.Owned;
import drydock.evidence.Evidence;
import drydock.fs.FileTree;
import drydock.runtime.Container;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** A command on files that shows older versions of a container, too. */
abstract class LayeredCommand extends FileCommand {
  @Mixin LayerOption layers = new LayerOption();

  LayeredCommand(Console console) {
    super(console);
  }

  @Override
  final FileTree tree(Evidence evidence, @Nullable Owned<Container> owner) throws IOException {
    Integer from = layers.layer;
    return from == null ? super.tree(evidence, owner) : layers.tree(owner, from, this::usage);
  }
}
