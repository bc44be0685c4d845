package drydock.runtime;

import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds one kind of engine on a node. */
public interface RuntimeFormat {
  String engine();

  /**
   * The engines of this kind that the node's tree holds, wherever real distributions put them.
   *
   * @param root the engine's root directory where the analyst has named it; then nothing else is
   *     looked at. Null to search.
   */
  List<Runtime> find(FileTree node, @Nullable String root, FindingLog log) throws IOException;
}
