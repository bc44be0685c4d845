package drydock.checkpoint.criu;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Empty;
import drydock.proto.criu.ApparmorEntry;
import drydock.proto.criu.AutofsEntry;
import drydock.proto.criu.BinfmtMiscEntry;
import drydock.proto.criu.BpfmapDataEntry;
import drydock.proto.criu.BpfmapFileEntry;
import drydock.proto.criu.CgroupEntry;
import drydock.proto.criu.CoreEntry;
import drydock.proto.criu.CpuinfoEntry;
import drydock.proto.criu.CredsEntry;
import drydock.proto.criu.EventfdFileEntry;
import drydock.proto.criu.EventpollFileEntry;
import drydock.proto.criu.EventpollTfdEntry;
import drydock.proto.criu.ExtFileEntry;
import drydock.proto.criu.FanotifyFileEntry;
import drydock.proto.criu.FanotifyMarkEntry;
import drydock.proto.criu.FdinfoEntry;
import drydock.proto.criu.FifoEntry;
import drydock.proto.criu.FileEntry;
import drydock.proto.criu.FileLockEntry;
import drydock.proto.criu.FsEntry;
import drydock.proto.criu.GhostChunkEntry;
import drydock.proto.criu.GhostFileEntry;
import drydock.proto.criu.InetSkEntry;
import drydock.proto.criu.InotifyFileEntry;
import drydock.proto.criu.InotifyWdEntry;
import drydock.proto.criu.InventoryEntry;
import drydock.proto.criu.IpcMsgEntry;
import drydock.proto.criu.IpcSemEntry;
import drydock.proto.criu.IpcShmEntry;
import drydock.proto.criu.IpcVarEntry;
import drydock.proto.criu.IrmapCacheEntry;
import drydock.proto.criu.ItimerEntry;
import drydock.proto.criu.MemfdInodeEntry;
import drydock.proto.criu.MmEntry;
import drydock.proto.criu.MntEntry;
import drydock.proto.criu.NetDeviceEntry;
import drydock.proto.criu.NetlinkSkEntry;
import drydock.proto.criu.NetnsEntry;
import drydock.proto.criu.NsFileEntry;
import drydock.proto.criu.PacketSockEntry;
import drydock.proto.criu.PagemapEntry;
import drydock.proto.criu.PagemapHead;
import drydock.proto.criu.PidfdEntry;
import drydock.proto.criu.PidnsEntry;
import drydock.proto.criu.PipeDataEntry;
import drydock.proto.criu.PipeEntry;
import drydock.proto.criu.PosixTimerEntry;
import drydock.proto.criu.PstreeEntry;
import drydock.proto.criu.RegFileEntry;
import drydock.proto.criu.RemapFilePathEntry;
import drydock.proto.criu.RlimitEntry;
import drydock.proto.criu.SaEntry;
import drydock.proto.criu.SeccompEntry;
import drydock.proto.criu.SiginfoEntry;
import drydock.proto.criu.SignalfdEntry;
import drydock.proto.criu.SkPacketEntry;
import drydock.proto.criu.StatsEntry;
import drydock.proto.criu.TaskKobjIdsEntry;
import drydock.proto.criu.TcpStreamEntry;
import drydock.proto.criu.TimensEntry;
import drydock.proto.criu.TimerfdEntry;
import drydock.proto.criu.TtyDataEntry;
import drydock.proto.criu.TtyFileEntry;
import drydock.proto.criu.TtyInfoEntry;
import drydock.proto.criu.TunfileEntry;
import drydock.proto.criu.UnixSkEntry;
import drydock.proto.criu.UsernsEntry;
import drydock.proto.criu.UtsnsEntry;
import drydock.proto.criu.VmaEntry;

/**
 * Which message the entries of an image are. Two kinds begin with one of another type: page maps
 * with a head, ghost files with what the file was.
 *
 * <p>Source: CRIU 4.2, lib/pycriu/images/images.py and criu/protobuf-desc.c.
 */
final class MessageTypes {
  private MessageTypes() {}

  /** What an entry of that kind and number is; of what is not known a message without fields. */
  static Descriptor of(ImageKind kind, int index) {
    return switch (kind) {
      case PAGEMAP -> index == 0 ? PagemapHead.getDescriptor() : PagemapEntry.getDescriptor();
      case GHOST_FILE ->
          index == 0 ? GhostFileEntry.getDescriptor() : GhostChunkEntry.getDescriptor();
      case INVENTORY -> InventoryEntry.getDescriptor();
      case PSTREE -> PstreeEntry.getDescriptor();
      case STATS -> StatsEntry.getDescriptor();
      case CPUINFO -> CpuinfoEntry.getDescriptor();
      case CORE -> CoreEntry.getDescriptor();
      case IDS -> TaskKobjIdsEntry.getDescriptor();
      case MM -> MmEntry.getDescriptor();
      case VMAS -> VmaEntry.getDescriptor();
      case MEMFD_INODE -> MemfdInodeEntry.getDescriptor();
      default -> ofTask(kind);
    };
  }

  private static Descriptor ofTask(ImageKind kind) {
    return switch (kind) {
      case FS -> FsEntry.getDescriptor();
      case CREDS -> CredsEntry.getDescriptor();
      case SIGACT -> SaEntry.getDescriptor();
      case SIGNAL -> SiginfoEntry.getDescriptor();
      case ITIMERS -> ItimerEntry.getDescriptor();
      case POSIX_TIMERS -> PosixTimerEntry.getDescriptor();
      case RLIMIT -> RlimitEntry.getDescriptor();
      case SECCOMP -> SeccompEntry.getDescriptor();
      case APPARMOR -> ApparmorEntry.getDescriptor();
      case UTSNS -> UtsnsEntry.getDescriptor();
      case TIMENS -> TimensEntry.getDescriptor();
      case PIDNS -> PidnsEntry.getDescriptor();
      case USERNS -> UsernsEntry.getDescriptor();
      case NETNS -> NetnsEntry.getDescriptor();
      case NETDEV -> NetDeviceEntry.getDescriptor();
      case IPC_VAR -> IpcVarEntry.getDescriptor();
      case IPCNS_SHM -> IpcShmEntry.getDescriptor();
      case IPCNS_MSG -> IpcMsgEntry.getDescriptor();
      case IPCNS_SEM -> IpcSemEntry.getDescriptor();
      case CGROUP -> CgroupEntry.getDescriptor();
      case MNTS -> MntEntry.getDescriptor();
      case AUTOFS -> AutofsEntry.getDescriptor();
      case BINFMT_MISC -> BinfmtMiscEntry.getDescriptor();
      default -> ofFile(kind);
    };
  }

  private static Descriptor ofFile(ImageKind kind) {
    return switch (kind) {
      case FDINFO -> FdinfoEntry.getDescriptor();
      case FILES -> FileEntry.getDescriptor();
      case REG_FILES -> RegFileEntry.getDescriptor();
      case EXT_FILES -> ExtFileEntry.getDescriptor();
      case NS_FILES -> NsFileEntry.getDescriptor();
      case REMAP_FPATH -> RemapFilePathEntry.getDescriptor();
      case FILE_LOCKS -> FileLockEntry.getDescriptor();
      case PIPES -> PipeEntry.getDescriptor();
      case FIFO -> FifoEntry.getDescriptor();
      case PIPES_DATA, FIFO_DATA -> PipeDataEntry.getDescriptor();
      case UNIXSK -> UnixSkEntry.getDescriptor();
      case INETSK -> InetSkEntry.getDescriptor();
      case PACKETSK -> PacketSockEntry.getDescriptor();
      case NETLINK_SK -> NetlinkSkEntry.getDescriptor();
      case SK_QUEUES -> SkPacketEntry.getDescriptor();
      case TCP_STREAM -> TcpStreamEntry.getDescriptor();
      case TUNFILE -> TunfileEntry.getDescriptor();
      case TTY_FILES -> TtyFileEntry.getDescriptor();
      case TTY_INFO -> TtyInfoEntry.getDescriptor();
      case TTY_DATA -> TtyDataEntry.getDescriptor();
      default -> ofDescriptor(kind);
    };
  }

  private static Descriptor ofDescriptor(ImageKind kind) {
    return switch (kind) {
      case EVENTFD_FILE -> EventfdFileEntry.getDescriptor();
      case EVENTPOLL_FILE -> EventpollFileEntry.getDescriptor();
      case EVENTPOLL_TFD -> EventpollTfdEntry.getDescriptor();
      case SIGNALFD -> SignalfdEntry.getDescriptor();
      case TIMERFD -> TimerfdEntry.getDescriptor();
      case INOTIFY_FILE -> InotifyFileEntry.getDescriptor();
      case INOTIFY_WD -> InotifyWdEntry.getDescriptor();
      case FANOTIFY_FILE -> FanotifyFileEntry.getDescriptor();
      case FANOTIFY_MARK -> FanotifyMarkEntry.getDescriptor();
      case PIDFD -> PidfdEntry.getDescriptor();
      case BPFMAP_FILE -> BpfmapFileEntry.getDescriptor();
      case BPFMAP_DATA -> BpfmapDataEntry.getDescriptor();
      case IRMAP_CACHE -> IrmapCacheEntry.getDescriptor();
      default -> Empty.getDescriptor();
    };
  }
}
