package drydock.truth;

import java.math.BigInteger;
import java.util.List;

/**
 * A file as a reader of a body file understood it, or as a listing tells of it. Equal where all is
 * equal.
 *
 * @param path bytes, escaped as in {@link KernelListing#escaped}, without target and mark
 * @param target of a symlink, escaped alike; null where none is told
 * @param mark empty, {@code deleted} or {@code deleted-realloc}
 * @param mode type of the name, type of the inode, permissions: {@code d/drwxr-xr-x}
 * @param md5 null where none is told
 * @param times accessed, modified, changed, born: nanoseconds since 1970; null what is not known
 */
public record TimedRow(
    String path,
    String target,
    String mark,
    long inode,
    String mode,
    long uid,
    long gid,
    long size,
    String md5,
    List<BigInteger> times) {

  /** The name that a reader shows, cut into path, target and mark. */
  record Parts(String path, String target, String mark) {
    /** Only where the inode is a link's the last arrow is one. */
    static Parts of(String shown, boolean link) {
      String name = shown;
      String mark = "";
      for (String each : List.of("deleted", "deleted-realloc")) {
        String end = " (" + each + ")";
        if (shown.endsWith(end)) {
          name = shown.substring(0, shown.length() - end.length());
          mark = each;
        }
      }
      int arrow = link ? name.lastIndexOf(" -> ") : -1;
      return arrow < 0
          ? new Parts(name, null, mark)
          : new Parts(name.substring(0, arrow), name.substring(arrow + 4), mark);
    }
  }

  /** The same with other times. */
  public TimedRow withTimes(List<BigInteger> others) {
    return new TimedRow(path, target, mark, inode, mode, uid, gid, size, md5, others);
  }
}
