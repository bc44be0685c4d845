package drydock.checkpoint.criu;

import drydock.fs.Name;
import drydock.proto.criu.CredsEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who a thread is. Ids are those that its user namespace shows.
 *
 * @param securityBits as of prctl(PR_SET_SECUREBITS)
 * @param profile of AppArmor or SELinux; null when there is none
 */
public record Credentials(
    Ids users,
    Ids groups,
    List<Long> supplementary,
    Capabilities capabilities,
    long securityBits,
    boolean noNewPrivileges,
    @Nullable Name profile) {
  /** Ids of one kind; the last one is what files are asked with. */
  public record Ids(long real, long effective, long saved, long files) {}

  static Credentials of(CredsEntry entry) {
    return new Credentials(
        ids(entry.getUid(), entry.getEuid(), entry.getSuid(), entry.getFsuid()),
        ids(entry.getGid(), entry.getEgid(), entry.getSgid(), entry.getFsgid()),
        entry.getGroupsList().stream().map(Integer::toUnsignedLong).toList(),
        new Capabilities(
            Capabilities.of(entry.getCapInhList()),
            Capabilities.of(entry.getCapPrmList()),
            Capabilities.of(entry.getCapEffList()),
            Capabilities.of(entry.getCapBndList()),
            Capabilities.of(entry.getCapAmbList())),
        Integer.toUnsignedLong(entry.getSecbits()),
        entry.getNoNewPrivs() != 0,
        entry.hasLsmProfile() ? Name.of(entry.getLsmProfile().toByteArray()) : null);
  }

  private static Ids ids(int real, int effective, int saved, int files) {
    return new Ids(
        Integer.toUnsignedLong(real),
        Integer.toUnsignedLong(effective),
        Integer.toUnsignedLong(saved),
        Integer.toUnsignedLong(files));
  }
}
