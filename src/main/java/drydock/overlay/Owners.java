package drydock.overlay;

import drydock.fs.FileMeta;
import java.util.List;

/**
 * Whom the files of a layer belong to in the merged view: the layers of an image are mounted under
 * a container with a user namespace in such a way that they have its users and groups as owners,
 * and not those that are stored with them (mount_setattr(2), MOUNT_ATTR_IDMAP).
 *
 * @param users how stored users are shown; none when they are shown as stored
 * @param groups likewise
 */
public record Owners(List<Range> users, List<Range> groups) {
  /** Everything as it is stored. */
  public static final Owners AS_STORED = new Owners(List.of(), List.of());

  /** Whom the kernel shows where no range has the stored number ({@code fs.overflowuid}). */
  static final long NOBODY = 65534;

  /** Stored numbers from {@code stored} on are shown as those from {@code shown} on. */
  public record Range(long stored, long shown, long count) {}

  public Owners {
    users = List.copyOf(users);
    groups = List.copyOf(groups);
  }

  /** The same with the owners that are shown. */
  public FileMeta shown(FileMeta meta) {
    if (users.isEmpty() && groups.isEmpty()) {
      return meta;
    }
    return new FileMeta(
        meta.inode(),
        meta.type(),
        meta.permissions(),
        shown(users, meta.uid()),
        shown(groups, meta.gid()),
        meta.size(),
        meta.links(),
        meta.device(),
        meta.times());
  }

  /** The user that a stored one is shown as. */
  public long user(long stored) {
    return shown(users, stored);
  }

  private static long shown(List<Range> ranges, long stored) {
    for (Range each : ranges) {
      if (stored >= each.stored && stored - each.stored < each.count) {
        return each.shown + (stored - each.stored);
      }
    }
    return ranges.isEmpty() ? stored : NOBODY;
  }
}
