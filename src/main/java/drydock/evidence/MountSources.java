package drydock.evidence;

import drydock.fs.TreePath;
import drydock.kubernetes.PodManifest;
import drydock.runtime.Mount;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Finds what mounts were made from. */
interface MountSources {
  /**
   * What a mount was made from.
   *
   * @param at where it appears
   * @param manifest what the pod was asked to be, where that is known
   */
  Sourced of(Mount mount, TreePath at, @Nullable PodManifest manifest) throws IOException;
}
