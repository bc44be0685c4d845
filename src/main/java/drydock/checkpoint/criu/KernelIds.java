package drydock.checkpoint.criu;

import drydock.proto.criu.TaskKobjIdsEntry;
import java.util.LinkedHashMap;
import java.util.Map;

/** CRIU's numbers for what tasks share, by names of ours. */
final class KernelIds {
  private KernelIds() {}

  /** 0 stands for one that the kernel did not have. */
  static Map<String, Long> of(TaskKobjIdsEntry ids) {
    Map<String, Long> named = new LinkedHashMap<>();
    put(named, "vm", ids.getVmId());
    put(named, "files", ids.getFilesId());
    put(named, "fs", ids.getFsId());
    put(named, "sighand", ids.getSighandId());
    put(named, "cgroup", ids.getCgroupNsId());
    put(named, "ipc", ids.getIpcNsId());
    put(named, "mnt", ids.getMntNsId());
    put(named, "net", ids.getNetNsId());
    put(named, "pid", ids.getPidNsId());
    put(named, "time", ids.getTimeNsId());
    put(named, "user", ids.getUserNsId());
    put(named, "uts", ids.getUtsNsId());
    return named;
  }

  private static void put(Map<String, Long> into, String name, int id) {
    if (id != 0) {
      into.put(name, Integer.toUnsignedLong(id));
    }
  }
}
