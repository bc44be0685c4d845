package drydock.provenance;

import drydock.fs.Name;
import drydock.fs.TreePath;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a path stands for in the directories that the kubelet has for pods, by its names alone: so
 * it holds after the pod was deleted, too. Null is not told.
 *
 * @param podNamespace told by logs and checkpoints
 * @param podName likewise
 * @param volume the pod's name for it
 * @param plugin of the volume
 * @param container the name in its pod, or in {@code /var/log/containers} the id
 * @param attempt which of the containers of that name
 */
record PodFile(
    Kind kind,
    @Nullable String podUid,
    @Nullable String podNamespace,
    @Nullable String podName,
    @Nullable String volume,
    @Nullable String plugin,
    @Nullable String container,
    @Nullable Integer attempt) {
  /** No file system has longer ones; patterns would be slow with what is only typed. */
  private static final int MAX_NAME = 255;

  /** Of static pods it is a hash, without dashes. */
  private static final Pattern UID = Pattern.compile("[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}");

  private static final Pattern ATTEMPT = Pattern.compile("([0-9]{1,9})\\.log.*");
  private static final Pattern LINK = Pattern.compile("(.+?)_(.+?)_.+-([0-9a-f]{64})\\.log");

  /** {@code checkpoint-POD_NAMESPACE-CONTAINER-TIME.tar}. */
  private static final Pattern CHECKPOINT =
      Pattern.compile("checkpoint-(.+?)_(.+)-([0-9]{4}-[0-9]{2}-[0-9]{2}T[^/]*)\\.tar");

  /** What a path is to a pod; null when it is nothing to any. */
  static @Nullable PodFile of(TreePath path) {
    List<String> names = path.names().stream().map(Name::toString).toList();
    for (int i = 0; i + 1 < names.size(); i++) {
      boolean log = i > 0 && names.get(i - 1).equals("log");
      String name = names.get(i);
      List<String> rest = names.subList(i + 1, names.size());
      if (name.equals("pods") && log) {
        return ofLog(rest);
      }
      if (name.equals("pods") && UID.matcher(rest.get(0)).matches()) {
        return ofPod(rest.get(0), rest.subList(1, rest.size()));
      }
      if (name.equals("containers") && log && rest.size() == 1) {
        return ofLink(rest.get(0));
      }
      if (name.equals("checkpoints") && rest.size() == 1) {
        return ofCheckpoint(rest.get(0));
      }
    }
    return null;
  }

  private static PodFile ofPod(String uid, List<String> rest) {
    String what = rest.isEmpty() ? "" : rest.get(0);
    int size = rest.size();
    if (what.equals("volumes") && size > 2) {
      return ofPod(Kind.VOLUME, uid, rest.get(2), rest.get(1), null);
    }
    if (what.equals("volume-subpaths") && size > 1) {
      return ofPod(Kind.VOLUME, uid, rest.get(1), null, size > 2 ? rest.get(2) : null);
    }
    if (what.equals("plugins") && size > 2) {
      return ofPod(Kind.POD, uid, rest.get(2), rest.get(1), null);
    }
    if (what.equals("etc-hosts") && size == 1) {
      return ofPod(Kind.ETC_HOSTS, uid, null, null, null);
    }
    if (what.equals("containers") && size > 1) {
      Kind kind = size == 3 ? Kind.TERMINATION_LOG : Kind.POD;
      return ofPod(kind, uid, null, null, rest.get(1));
    }
    return ofPod(Kind.POD, uid, null, null, null);
  }

  private static PodFile ofPod(
      Kind kind,
      String uid,
      @Nullable String volume,
      @Nullable String plugin,
      @Nullable String container) {
    return new PodFile(kind, uid, null, null, volume, plugin, container, null);
  }

  /** {@code NAMESPACE_POD_UID/CONTAINER/N.log}, and behind that what rotation adds. */
  private static @Nullable PodFile ofLog(List<String> rest) {
    String[] parts = rest.get(0).split("_", -1);
    if (parts.length != 3 || !UID.matcher(parts[2]).matches()) {
      return null;
    }
    String container = rest.size() > 1 ? rest.get(1) : null;
    Matcher attempt = ATTEMPT.matcher(rest.size() == 3 ? rest.get(2) : "");
    Integer number = attempt.matches() ? Integer.valueOf(attempt.group(1)) : null;
    return new PodFile(Kind.LOG, parts[2], parts[0], parts[1], null, null, container, number);
  }

  /** {@code POD_NAMESPACE_CONTAINER-ID.log}. */
  private static @Nullable PodFile ofLink(String name) {
    Matcher link = LINK.matcher(name);
    return name.length() <= MAX_NAME && link.matches()
        ? new PodFile(Kind.LOG, null, link.group(2), link.group(1), null, null, link.group(3), null)
        : null;
  }

  private static @Nullable PodFile ofCheckpoint(String name) {
    Matcher checkpoint = CHECKPOINT.matcher(name);
    return name.length() <= MAX_NAME && checkpoint.matches()
        ? new PodFile(
            Kind.CHECKPOINT, null, null, checkpoint.group(1), null, null, checkpoint.group(2), null)
        : null;
  }
}
