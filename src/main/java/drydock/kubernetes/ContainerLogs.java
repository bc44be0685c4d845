package drydock.kubernetes;

import drydock.bytes.Origin;
import drydock.fs.TreePath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The log files of one container of a pod, of all its attempts. Null is unknown.
 *
 * @param path of the directory, free of links
 * @param files as they were written: by attempt, the oldest first, each once
 */
public record ContainerLogs(
    @Nullable String namespace,
    @Nullable String pod,
    @Nullable String podUid,
    @Nullable String container,
    TreePath path,
    List<LogFile> files,
    Origin origin) {

  /** The attempts of which there are files, the first one first. */
  public List<Integer> attempts() {
    return files.stream().map(LogFile::attempt).distinct().toList();
  }

  public List<LogFile> of(int attempt) {
    return files.stream().filter(file -> file.attempt() == attempt).toList();
  }
}
