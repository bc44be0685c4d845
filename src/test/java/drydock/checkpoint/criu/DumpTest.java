package drydock.checkpoint.criu;

import static drydock.fs.Picture.file;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import drydock.bytes.ByteSource;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.Name;
import drydock.fs.Picture;
import drydock.fs.PictureTree;
import drydock.proto.criu.CoreEntry;
import drydock.proto.criu.CredsEntry;
import drydock.proto.criu.FdTypes;
import drydock.proto.criu.FdinfoEntry;
import drydock.proto.criu.FileEntry;
import drydock.proto.criu.GhostChunkEntry;
import drydock.proto.criu.GhostFileEntry;
import drydock.proto.criu.InetSkEntry;
import drydock.proto.criu.InventoryEntry;
import drydock.proto.criu.PstreeEntry;
import drydock.proto.criu.RegFileEntry;
import drydock.proto.criu.RemapFilePathEntry;
import drydock.proto.criu.RemapType;
import drydock.proto.criu.SaEntry;
import drydock.proto.criu.TaskCoreEntry;
import drydock.proto.criu.TaskKobjIdsEntry;
import drydock.proto.criu.UnixSkEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Dumps as no fixture has them: old, damaged, contradicting themselves. */
final class DumpTest {
  private static final int COMMON = 0x54564319;
  private static final int PSTREE = 0x50273030;
  private static final int CORE = 0x55053847;
  private static final int FILES = 0x56303138;
  private static final int FDINFO = 0x56213732;
  private static final int IDS = 0x54432030;
  private static final int GHOST = 0x52583605;
  private static final int REMAP = 0x59133954;

  private final FindingLog log = new FindingLog();
  private final List<Picture> images = new ArrayList<>();

  private void image(String name, int magic, Message... messages) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    word(COMMON, out);
    word(magic, out);
    for (Message each : messages) {
      entry(each, out);
    }
    images.add(file(name, out.toByteArray()));
  }

  private static void entry(Message message, ByteArrayOutputStream out) {
    word(message.getSerializedSize(), out);
    out.writeBytes(message.toByteArray());
  }

  private static void word(int value, ByteArrayOutputStream out) {
    byte[] raw = new byte[4];
    ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).putInt(value);
    out.writeBytes(raw);
  }

  private Dump dump() {
    images.add(file("inventory.img", new byte[] {0x16, 0x31, 0x31, 0x58, 4, 0, 0, 0, 8, 2, 16, 1}));
    return Dump.open(PictureTree.of(images.toArray(Picture[]::new)).root(), log);
  }

  private static PstreeEntry node(int pid, int parent) {
    return PstreeEntry.newBuilder().setPid(pid).setPpid(parent).addThreads(pid).build();
  }

  private static CoreEntry core(String command) {
    return CoreEntry.newBuilder()
        .setMtype(CoreEntry.March.X86_64)
        .setTc(TaskCoreEntry.newBuilder().setTaskState(1).setComm(ByteString.copyFromUtf8(command)))
        .build();
  }

  private List<String> findings() {
    return log.list().stream().map(Finding::what).toList();
  }

  /** Without those that an image is not there: few are. */
  private List<String> contradictions() {
    return findings().stream().filter(each -> !each.endsWith(".img is not there")).toList();
  }

  @Test
  void processesWhoseParentsAreACircleAreThereOnce() throws IOException {
    image("pstree.img", PSTREE, node(1, 0), node(2, 3), node(3, 2), node(4, 4), node(1, 4));
    for (int pid = 1; pid <= 4; pid++) {
      image("core-" + pid + ".img", CORE, core("p" + pid));
    }
    List<Process> processes = dump().processes();
    assertThat(processes).extracting(Process::pid).containsExactly(1L, 2L, 3L, 4L);
    assertThat(contradictions())
        .containsExactlyInAnyOrder(
            "process 1 is in the tree a second time",
            "process 2 whose parent 3 is not before it",
            "process 4 whose parent 4 is not before it");
  }

  @Test
  void processWithoutItsCoreIsThereWithWhatTheTreeSays() throws IOException {
    image("pstree.img", PSTREE, node(1, 0));
    List<Process> processes = dump().processes();
    assertThat(processes).extracting(Process::state).containsExactly(ProcessState.UNKNOWN);
    assertThat(processes.get(0).command()).isNull();
    assertThat(findings()).contains("the image core-1.img is not there");
  }

  @Test
  void treeThatIsLostIsAFinding() throws IOException {
    assertThat(dump().processes()).isEmpty();
    assertThat(findings()).containsExactly("the image pstree.img is not there");
  }

  @Test
  void stateThreeIsStopped() throws IOException {
    CoreEntry.Builder core = core("p").toBuilder();
    core.getTcBuilder().setTaskState(3);
    image("pstree.img", PSTREE, node(1, 0));
    image("core-1.img", CORE, core.build());
    assertThat(dump().processes()).extracting(Process::state).containsExactly(ProcessState.STOPPED);
  }

  @Test
  void processThatASignalEndedHasNoExitCode() throws IOException {
    CoreEntry.Builder core = core("p").toBuilder();
    core.getTcBuilder().setTaskState(2).setExitCode(9);
    image("pstree.img", PSTREE, node(1, 0));
    image("core-1.img", CORE, core.build());
    Process process = dump().processes().get(0);
    assertThat(process.exitCode()).isNull();
    assertThat(process.exitSignal()).isEqualTo(9);
  }

  @Test
  void whatOldVersionsKeptInImagesOfTheirOwnIsTakenFromThere() throws IOException {
    image("pstree.img", PSTREE, node(1, 0));
    image("core-1.img", CORE, core("old"));
    image(
        "creds-1.img",
        0x54023547,
        CredsEntry.newBuilder()
            .setUid(5)
            .setEuid(6)
            .setFsuid(7)
            .addCapEff(1 << 21)
            .addCapEff(1 << 8)
            .build());
    List<Message> actions = new ArrayList<>();
    for (int i = 0; i < 62; i++) {
      actions.add(SaEntry.newBuilder().setSigaction(i == 8 ? 1 : 0).build());
    }
    image("sigacts-1.img", 0x55344201, actions.toArray(Message[]::new));
    RegFileEntry file =
        RegFileEntry.newBuilder().setId(3).setPos(7).setName(ByteString.copyFromUtf8("/a")).build();
    image("reg-files.img", 0x50363636, file);
    Dump dump = dump();
    Process process = dump.processes().get(0);
    Credentials credentials = process.leader().credentials();
    assertThat(credentials.users()).isEqualTo(new Credentials.Ids(5, 6, 0, 7));
    assertThat(Capabilities.names(credentials.capabilities().effective()))
        .containsExactly("CAP_SYS_ADMIN", "CAP_CHECKPOINT_RESTORE");
    // the ninth action is of signal 10: there is none of SIGKILL
    assertThat(process.task().actions())
        .filteredOn(action -> action.handler() == 1)
        .extracting(action -> Signals.name(action.signal()))
        .containsExactly("SIGUSR1");
    assertThat(process.task().actions().get(61).signal()).isEqualTo(64);
    assertThat(dump.files().get(3L).path()).isEqualTo(Name.of("/a"));
    assertThat(contradictions()).isEmpty();
  }

  @Test
  void descriptorThatLeadsNowhereIsAFinding() throws IOException {
    image("pstree.img", PSTREE, node(1, 0));
    image("core-1.img", CORE, core("p"));
    image("ids-1.img", IDS, TaskKobjIdsEntry.newBuilder().setFilesId(2).build());
    image(
        "fdinfo-2.img",
        FDINFO,
        FdinfoEntry.newBuilder().setId(9).setFd(0).setType(FdTypes.REG).setFlags(1).build());
    Dump dump = dump();
    Descriptor descriptor = dump.descriptors(dump.processes().get(0)).get(0);
    assertThat(descriptor.closesOnExec()).isTrue();
    assertThat(dump.file(descriptor.file(), descriptor.origin())).isEmpty();
    assertThat(contradictions()).containsExactly("no image has the open file 9");
  }

  @Test
  void deletedFileInChunksHasHolesBetweenThem() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    word(COMMON, out);
    word(GHOST, out);
    entry(GhostFileEntry.newBuilder().setMode(0100644).setChunks(true).setSize(10).build(), out);
    chunk(2, "abc", out);
    chunk(8, "z", out);
    chunk(3, "overlap", out);
    images.add(file("ghost-file-1f.img", out.toByteArray()));
    GhostFile ghost = dump().ghost(0x1f).orElseThrow();
    ByteSource content = ghost.content();
    assertThat(new String(content.allBytes(100), StandardCharsets.US_ASCII))
        .isEqualTo("\0\0abc\0\0\0z\0");
    assertThat(content.nextData(0)).isEqualTo(2);
    assertThat(content.nextHole(2)).isEqualTo(5);
    assertThat(content.nextData(5)).isEqualTo(8);
    assertThat(content.nextData(9)).isEqualTo(10);
    assertThat(findings()).containsExactly("a piece of a deleted file that does not fit into it");
  }

  private static void chunk(long at, String text, ByteArrayOutputStream out) {
    entry(GhostChunkEntry.newBuilder().setOff(at).setLen(text.length()).build(), out);
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void fileWithAnotherNameLeftIsDeletedWithoutAGhost() throws IOException {
    RegFileEntry reg =
        RegFileEntry.newBuilder().setId(1).setName(ByteString.copyFromUtf8("/x")).build();
    image(
        "files.img",
        FILES,
        FileEntry.newBuilder().setType(FdTypes.REG).setId(1).setReg(reg).build());
    image(
        "remap-fpath.img",
        REMAP,
        RemapFilePathEntry.newBuilder()
            .setOrigId(1)
            .setRemapId(2)
            .setRemapType(RemapType.LINKED)
            .build());
    assertThat(dump().files().get(1L).isDeleted()).isTrue();
  }

  @Test
  void connectionOfIpv4WithinIpv6IsFoundAtItsOtherEnd() throws IOException {
    int one = 0x0100007f;
    InetSkEntry.Builder server =
        InetSkEntry.newBuilder().setId(1).setIno(11).setFamily(10).setType(1).setProto(6);
    server.setState(1).setSrcPort(80).setDstPort(4000);
    server
        .addAllSrcAddr(List.of(0, 0, 0xffff0000, one))
        .addAllDstAddr(List.of(0, 0, 0xffff0000, one));
    InetSkEntry.Builder client =
        InetSkEntry.newBuilder().setId(2).setIno(12).setFamily(2).setType(1).setProto(6);
    client.setState(1).setSrcPort(4000).setDstPort(80).addSrcAddr(one).addDstAddr(one);
    image("files.img", FILES, inet(1, server), inet(2, client));
    List<Socket> sockets = dump().sockets();
    assertThat(sockets).extracting(Socket::protocol).containsExactly("tcp6", "tcp");
    assertThat(sockets).extracting(Socket::peer).containsExactly(2L, 1L);
    assertThat(sockets.get(0).local()).isEqualTo(Name.of("[::ffff:7f00:1]:80"));
    assertThat(findings())
        .containsExactlyInAnyOrder(
            "the image tcp-stream-b.img is not there", "the image tcp-stream-c.img is not there");
  }

  private static FileEntry inet(int id, InetSkEntry.Builder socket) {
    return FileEntry.newBuilder().setType(FdTypes.INETSK).setId(id).setIsk(socket).build();
  }

  @Test
  void namesOfUnixSocketsAreAbstractOrPaths() throws IOException {
    image(
        "files.img",
        FILES,
        unix(1, "\0abc", ""),
        unix(2, "/run/x\0", ""),
        unix(3, "x\0", "/srv"),
        unix(4, "", ""));
    assertThat(dump().sockets())
        .extracting(Socket::local)
        .containsExactly(Name.of("@abc"), Name.of("/run/x"), Name.of("/srv/x"), null);
  }

  private static FileEntry unix(int id, String name, String directory) {
    UnixSkEntry.Builder socket =
        UnixSkEntry.newBuilder().setId(id).setIno(id).setType(2).setState(7);
    socket.setName(ByteString.copyFromUtf8(name)).setNameDir(ByteString.copyFromUtf8(directory));
    return FileEntry.newBuilder().setType(FdTypes.UNIXSK).setId(id).setUsk(socket).build();
  }

  @Test
  void namespacesOfTheHostAreKnownByTheInventory() throws IOException {
    InventoryEntry inventory =
        InventoryEntry.newBuilder()
            .setImgVersion(2)
            .setRootIds(TaskKobjIdsEntry.newBuilder().setNetNsId(4).setUserNsId(7))
            .build();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    word(0x58313116, out);
    entry(inventory, out);
    Dump dump = Dump.open(PictureTree.of(file("inventory.img", out.toByteArray())).root(), log);
    assertThat(dump.namespaces().outside()).containsExactlyInAnyOrder(4L, 7L);
    assertThat(dump.inventory().orElseThrow().version()).isEqualTo(2);
  }

  @Test
  void flagsOfOpenHaveOtherNumbersOnArm() {
    assertThat(OpenFlags.names(0200002, Architecture.X86_64))
        .containsExactly("O_RDWR", "O_DIRECTORY");
    assertThat(OpenFlags.names(040000, Architecture.AARCH64))
        .containsExactly("O_RDONLY", "O_DIRECTORY");
    assertThat(OpenFlags.names(0x8 | 1, Architecture.MIPS)).containsExactly("O_WRONLY", "O_APPEND");
    assertThat(OpenFlags.names(04010000, null)).containsExactly("O_RDONLY", "O_SYNC");
    assertThat(OpenFlags.names(1L << 40, null)).containsExactly("O_RDONLY", "020000000000000");
  }

  @Test
  void signalsHaveTheirNames() {
    assertThat(Signals.names(1L | 1L << 31 | 1L << 33 | 1L << 63))
        .containsExactly("SIGHUP", "SIG32", "SIGRTMIN", "SIGRTMIN+30");
  }

  @Test
  void pendingSignalTellsWhoSentIt() {
    ByteBuffer info = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
    info.putInt(0, 12).putInt(8, -6).putInt(16, 77).putInt(20, 33);
    assertThat(PendingSignal.of(info.array())).isEqualTo(new PendingSignal(12, -6, 77L, 33L));
    info.putInt(8, 0x80);
    assertThat(PendingSignal.of(info.array())).isEqualTo(new PendingSignal(12, 0x80, null, null));
    assertThat(PendingSignal.of(new byte[3])).isEqualTo(new PendingSignal(0, 0, null, null));
  }
}
