package drydock.kubernetes;

import drydock.bytes.CorruptDataException;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.Entry;
import drydock.fs.FileTree;
import drydock.fs.Lookup;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.TreePath;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The logs that a kubelet had engines write, {@code
 * /var/log/pods/NAMESPACE_POD_UID/CONTAINER/N.log} (before Kubernetes 1.14 {@code
 * /var/log/pods/UID/CONTAINER/N.log}), whether or not anything else is left of the container. Reads
 * when it is asked and keeps nothing.
 */
public final class PodLogs {
  public static final String USUAL_ROOT = "/var/log/pods";

  private static final String LINKS = "/var/log/containers";
  private static final Pattern LINK = Pattern.compile(".*-([0-9a-f]{64})\\.log");

  /** Neither namespaces nor names of pods have an underscore. */
  private static final Pattern POD = Pattern.compile("([^_]*)_([^_]*)_([^_]*)");

  private final FileTree node;
  private final FindingLog log;

  public PodLogs(FileTree node, FindingLog log) {
    this.node = node;
    this.log = log;
  }

  /** All below a directory, pods by their directories' names; none where there is no such one. */
  public List<ContainerLogs> below(String root) throws IOException {
    List<ContainerLogs> all = new ArrayList<>();
    Optional<Lookup.Found> found = directory(root);
    if (found.isPresent()) {
      for (Lookup.Found pod : below(found.get())) {
        for (Lookup.Found container : below(pod)) {
          all.add(logs(container, LogName::parse));
        }
      }
    }
    return all;
  }

  /**
   * The logs beside the one at a path, as an engine's record names it; empty when the directory is
   * gone.
   */
  public Optional<ContainerLogs> at(String path) throws IOException {
    int slash = path.lastIndexOf('/');
    String name = path.substring(slash + 1);
    Optional<Lookup.Found> found = directory(path.substring(0, Math.max(0, slash)));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    boolean usual = LogName.parse(name).isPresent();
    return Optional.of(
        logs(found.get(), usual ? LogName::parse : each -> LogName.beside(name, each)));
  }

  /** The attempt whose log is at a path. */
  public static int attempt(String path) {
    return LogName.parse(path.substring(path.lastIndexOf('/') + 1)).map(LogName::attempt).orElse(0);
  }

  /** Ids of containers by the paths of their logs, as links in another directory tell them. */
  public Map<TreePath, String> ids() throws IOException {
    Map<TreePath, String> ids = new TreeMap<>();
    Optional<Lookup.Found> links = directory(LINKS);
    if (links.isPresent()) {
      for (Entry entry : entries(links.get().node())) {
        Matcher match = LINK.matcher(entry.name().toString());
        Lookup.Found file = match.matches() ? file(links.get().path(), entry.name()) : null;
        if (file != null) {
          ids.put(file.path(), match.group(1));
        }
      }
    }
    return ids;
  }

  private ContainerLogs logs(Lookup.Found directory, Function<String, Optional<LogName>> naming)
      throws IOException {
    TreePath path = directory.path();
    TreePath above = path.parent();
    String pod = above == null ? "" : above.name().toString();
    Matcher match = POD.matcher(pod);
    boolean full = match.matches();
    return new ContainerLogs(
        full ? match.group(1) : null,
        full ? match.group(2) : null,
        full ? match.group(3) : pod.isEmpty() ? null : pod,
        path.isRoot() ? null : path.name().toString(),
        path,
        files(directory, naming),
        directory.node().origin());
  }

  private List<LogFile> files(Lookup.Found directory, Function<String, Optional<LogName>> naming)
      throws IOException {
    TreeMap<LogName, Name> names = new TreeMap<>();
    for (Entry entry : entries(directory.node())) {
      naming.apply(entry.name().toString()).ifPresent(name -> names.put(name, entry.name()));
    }
    List<LogFile> files = new ArrayList<>();
    LogName last = null;
    for (Map.Entry<LogName, Name> each : names.entrySet()) {
      LogName name = each.getKey();
      Lookup.Found found = file(directory.path(), each.getValue());
      if (found == null) {
        continue;
      }
      if (last != null && last.isSameLog(name)) {
        String what = "not read: the same lines are in the file that it was made of";
        log.add(Finding.note(found.node().origin(), what));
        continue;
      }
      last = name;
      files.add(file(found, name));
    }
    return List.copyOf(files);
  }

  private static LogFile file(Lookup.Found found, LogName name) throws IOException {
    long size = found.node().meta().size();
    return new LogFile(found.path(), found.node(), name.attempt(), name.isCurrent(), size);
  }

  /** The file of a name, or the one that it links to; null when there is none. */
  private Lookup.@Nullable Found file(TreePath directory, Name name) throws IOException {
    try {
      Lookup.Found found = new Lookup(node).find(directory.child(name).bytes(), true);
      return found.node().meta().isFile() ? found : null;
    } catch (CorruptDataException e) {
      log.add(Finding.of(e));
    } catch (NoSuchFileException e) {
      log.add(
          Finding.note(node.origin(), directory.child(name) + " leads to nothing: " + e.getFile()));
    }
    return null;
  }

  private Optional<Lookup.Found> directory(String path) throws IOException {
    try {
      Optional<Lookup.Found> found = new Lookup(node).tryFind(path);
      return found.isPresent() && found.get().node().meta().isDirectory()
          ? found
          : Optional.empty();
    } catch (CorruptDataException e) {
      log.add(Finding.of(e));
      return Optional.empty();
    }
  }

  private List<Lookup.Found> below(Lookup.Found directory) throws IOException {
    List<Lookup.Found> found = new ArrayList<>();
    for (Entry entry : entries(directory.node())) {
      try {
        Node each = entry.node();
        if (each.meta().isDirectory()) {
          found.add(new Lookup.Found(directory.path().child(entry.name()), each));
        }
      } catch (CorruptDataException e) {
        log.add(Finding.of(e));
      }
    }
    return found;
  }

  private List<Entry> entries(Node directory) throws IOException {
    try {
      return directory.list();
    } catch (CorruptDataException e) {
      log.add(Finding.of(e));
      return List.of();
    }
  }
}
