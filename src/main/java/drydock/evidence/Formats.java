package drydock.evidence;

import drydock.disk.DiskFormat;
import drydock.disk.ForeignFormat;
import drydock.disk.Qcow2Format;
import drydock.disk.RawFormat;
import drydock.fs.FileTreeFormat;
import drydock.fs.ext4.Ext4Format;
import drydock.partition.GptScheme;
import drydock.partition.MbrScheme;
import drydock.partition.PartitionScheme;
import drydock.partition.WholeDisk;
import drydock.runtime.RuntimeFormat;
import drydock.runtime.containerd.ContainerdFormat;
import java.util.List;

/** The one list of every format; the order is the order of asking. */
public final class Formats {
  private Formats() {}

  public static List<DiskFormat> disks() {
    return List.of(new ForeignFormat(), new Qcow2Format(), new RawFormat());
  }

  public static List<PartitionScheme> partitions() {
    return List.of(new GptScheme(), new MbrScheme(), new WholeDisk());
  }

  public static List<FileTreeFormat> fileTrees() {
    return List.of(new Ext4Format());
  }

  public static List<RuntimeFormat> runtimes() {
    return List.of(new ContainerdFormat());
  }
}
