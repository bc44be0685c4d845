package drydock.checkpoint.criu;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The five sets of capabilities of a thread, capability 0 in the lowest bit.
 *
 * <p>Source: the kernel's include/uapi/linux/capability.h, up to 5.9.
 */
public record Capabilities(
    long inheritable, long permitted, long effective, long bounding, long ambient) {
  private static final String[] NAMES = {
    "chown",
    "dac_override",
    "dac_read_search",
    "fowner",
    "fsetid",
    "kill",
    "setgid",
    "setuid",
    "setpcap",
    "linux_immutable",
    "net_bind_service",
    "net_broadcast",
    "net_admin",
    "net_raw",
    "ipc_lock",
    "ipc_owner",
    "sys_module",
    "sys_rawio",
    "sys_chroot",
    "sys_ptrace",
    "sys_pacct",
    "sys_admin",
    "sys_boot",
    "sys_nice",
    "sys_resource",
    "sys_time",
    "sys_tty_config",
    "mknod",
    "lease",
    "audit_write",
    "audit_control",
    "setfcap",
    "mac_override",
    "mac_admin",
    "syslog",
    "wake_alarm",
    "block_suspend",
    "audit_read",
    "perfmon",
    "bpf",
    "checkpoint_restore"
  };

  /** {@code CAP_CHOWN} ...; {@code CAP_63} where it has no name. */
  public static List<String> names(long set) {
    List<String> names = new ArrayList<>();
    for (int bit = 0; bit < Long.SIZE; bit++) {
      if ((set >>> bit & 1) != 0) {
        String name = bit < NAMES.length ? NAMES[bit] : Integer.toString(bit);
        names.add("CAP_" + name.toUpperCase(Locale.ROOT));
      }
    }
    return names;
  }

  /** Two words, the lower one first. */
  static long of(List<Integer> words) {
    long low = words.isEmpty() ? 0 : Integer.toUnsignedLong(words.get(0));
    long high = words.size() < 2 ? 0 : Integer.toUnsignedLong(words.get(1));
    return low | high << Integer.SIZE;
  }
}
