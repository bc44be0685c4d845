package drydock.checkpoint.criu;

import drydock.bytes.Origin;
import drydock.fs.Name;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mount of a mount namespace.
 *
 * @param id as in /proc/PID/mountinfo
 * @param type of the file system; null when CRIU does not name it (it is then a disk's, or
 *     external)
 * @param root which directory of the file system is mounted
 * @param flags of the mount: {@code ro}, {@code nosuid} ...
 * @param superFlags of the file system
 * @param options those that are its own
 * @param shared the number of the group it propagates to and from; 0 is none
 * @param master the number of the group it only gets from; 0 is none
 * @param external the name by which whoever restores gives what is mounted; null when CRIU brings
 *     it
 * @param namespace CRIU's number of the mount namespace
 */
public record MountEntry(
    long id,
    long parent,
    @Nullable String type,
    DeviceNumber device,
    Name root,
    Name mountPoint,
    Name source,
    List<String> flags,
    @Nullable List<String> superFlags,
    Name options,
    long shared,
    long master,
    boolean unbindable,
    @Nullable Name external,
    boolean deleted,
    long namespace,
    Rendered.Fields details,
    Origin origin) {
  /** Written out: what the compiler makes of a record is put together anew in each run. */
  @Override
  public int hashCode() {
    return 31 * Long.hashCode(namespace) + Long.hashCode(id);
  }
}
