package drydock.evidence;

import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Says of containers that are not read, so that no list is taken for all that there was: of
 * Docker's own records, and of containers/storage, where Podman, CRI-O and Buildah keep theirs.
 * Looked for in the usual places alone, those of the machine and those of its users.
 */
record OtherEngines(FileTree node, FindingLog log) {
  private static final String DOCKER =
      "Docker's own records are not read: names, states and logs of its containers, those that did"
          + " not run, its volumes, and images and layers that it keeps itself";
  private static final String STORAGE =
      "containers/storage is not read: the containers and images of Podman, CRI-O and Buildah";

  /** Of a machine with more users than this, the first. */
  private static final int MAX_HOMES = 1000;

  void tell() throws IOException {
    NodeFiles files = new NodeFiles(node, log);
    docker(files, "/var/lib/docker");
    storage(files, "/var/lib/containers/storage");
    for (String home : homes(files)) {
      docker(files, home + "/.local/share/docker");
      storage(files, home + "/.local/share/containers/storage");
    }
  }

  private static List<String> homes(NodeFiles files) throws IOException {
    List<String> homes = new ArrayList<>();
    homes.add("/root");
    files.names("/home").stream().sorted().limit(MAX_HOMES).forEach(n -> homes.add("/home/" + n));
    return homes;
  }

  private void docker(NodeFiles files, String root) throws IOException {
    boolean containers = !files.names(root + "/containers").isEmpty();
    if (containers || !files.names(root + "/image").isEmpty()) {
      log.add(Finding.missing(node.originAt(TreePath.of(root)), DOCKER));
    }
  }

  private void storage(NodeFiles files, String root) throws IOException {
    for (String name : files.names(root)) {
      if (name.endsWith("-containers") || name.endsWith("-images") || name.equals("libpod")) {
        log.add(Finding.missing(node.originAt(TreePath.of(root)), STORAGE));
        return;
      }
    }
  }
}
