package drydock.kubernetes;

import drydock.bytes.Origin;
import drydock.fs.Name;
import drydock.fs.TreePath;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a path below a kubelet's directory stands for. The text alone tells, so that it holds for
 * every directory that a kubelet was told to use ({@code --root-dir}), and after the pod was
 * deleted.
 *
 * @param root the kubelet's directory
 * @param plugin of a volume: {@code kubernetes.io~csi} ...; else null
 * @param name the volume's, or of a termination log the container's; null for the hosts file
 * @param container of a sub path; else null
 * @param index of a sub path: which of the container's volumeMounts it is; else null
 */
public record KubeletPath(
    String root,
    String podUid,
    Part part,
    @Nullable String plugin,
    @Nullable String name,
    @Nullable String container,
    @Nullable Integer index) {
  /** The things that a kubelet mounts into containers. */
  public enum Part {
    VOLUME,
    SUB_PATH,
    HOSTS,
    TERMINATION_LOG
  }

  private static final Pattern UID = Pattern.compile("[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}");
  private static final Pattern INDEX = Pattern.compile("[0-9]{1,6}");

  /** What a path stands for; empty when it is none of a kubelet's. */
  public static Optional<KubeletPath> parse(String path) {
    List<String> names = TreePath.of(path).names().stream().map(Name::toString).toList();
    for (int i = 0; i + 2 < names.size(); i++) {
      if (names.get(i).equals("pods") && UID.matcher(names.get(i + 1)).matches()) {
        String root = "/" + String.join("/", names.subList(0, i));
        return of(root, names.get(i + 1), names.subList(i + 2, names.size()));
      }
    }
    return Optional.empty();
  }

  private static Optional<KubeletPath> of(String root, String uid, List<String> rest) {
    String what = rest.get(0);
    int size = rest.size();
    if (what.equals("etc-hosts") && size == 1) {
      return Optional.of(new KubeletPath(root, uid, Part.HOSTS, null, null, null, null));
    }
    if (what.equals("containers") && size == 3) {
      return Optional.of(
          new KubeletPath(root, uid, Part.TERMINATION_LOG, null, rest.get(1), null, null));
    }
    if (what.equals("volumes") && size >= 3) {
      return Optional.of(
          new KubeletPath(root, uid, Part.VOLUME, rest.get(1), rest.get(2), null, null));
    }
    if (what.equals("volume-subpaths") && size == 4 && INDEX.matcher(rest.get(3)).matches()) {
      Integer index = Integer.valueOf(rest.get(3));
      return Optional.of(
          new KubeletPath(root, uid, Part.SUB_PATH, null, rest.get(1), rest.get(2), index));
    }
    return Optional.empty();
  }

  /** The volume that it is, or is a part of; empty when it is neither. */
  public Optional<Volume> volume(Origin origin) {
    if (part == Part.VOLUME && plugin != null) {
      String at = podDirectory() + "/volumes/" + plugin + "/" + name;
      String path = plugin.endsWith("~csi") ? at + "/mount" : at;
      return Optional.of(new Volume(podUid, name, plugin, null, null, path, null, origin));
    }
    return part == Part.SUB_PATH
        ? Optional.of(new Volume(podUid, name, null, null, null, null, null, origin))
        : Optional.empty();
  }

  /** The directory of the pod. */
  public String podDirectory() {
    return (root.equals("/") ? "" : root) + "/pods/" + podUid;
  }
}
