package drydock.verify;

import static drydock.fs.Picture.device;
import static drydock.fs.Picture.dir;
import static drydock.fs.Picture.file;
import static drydock.fs.Picture.gone;
import static drydock.fs.Picture.link;
import static drydock.fs.Picture.opaque;
import static drydock.fs.Picture.same;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.ArraySource;
import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.Picture;
import drydock.fs.PictureTree;
import drydock.fs.tar.TarBytes;
import drydock.oci.Digest;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What containerd makes of archives, and what it does not. */
class LayerCheckTest {
  private static final Digest DIGEST = new Digest("sha256", "0".repeat(64));
  private static final String TIME = Instant.ofEpochSecond(1_500_000_000).toString();

  private final FindingLog log = new FindingLog();

  private static TarBytes tar() {
    return new TarBytes();
  }

  private static Picture at(Picture picture) {
    return picture.withModified(TIME);
  }

  private List<String> check(
      TarBytes archive, Layer.Form form, List<FileTree> below, Picture... disk) throws IOException {
    FileTree tree = PictureTree.of(disk);
    byte[] bytes = archive.done();
    Layer layer = layer(null, null, form, below, tree);
    return new LayerCheck(digest -> new ArraySource(bytes, Origin.of("blob")), layer, log)
        .run(count -> {}).stream().map(LayerCheckTest::text).toList();
  }

  private static Layer layer(
      Digest diffId, String unread, Layer.Form form, List<FileTree> below, FileTree tree)
      throws IOException {
    return new Layer(
        DIGEST, diffId, 1, List.of(), unread, "/fs", tree.root(), null, form, below, tree.origin());
  }

  private static String text(Difference each) {
    String fields = each.fields().isEmpty() ? "" : " " + String.join(",", each.fields());
    String note = each.note() == null ? "" : " " + each.note();
    return each.change().label() + " " + each.path() + fields + note;
  }

  /** The lowest layer of an overlay. */
  private List<String> lowest(TarBytes archive, Picture... disk) throws IOException {
    return check(archive, Layer.Form.LOWEST, List.of(), disk);
  }

  /** One above a layer. */
  private List<String> upper(TarBytes archive, FileTree below, Picture... disk) throws IOException {
    return check(archive, Layer.Form.OVERLAY, List.of(below), disk);
  }

  /** A native snapshot and the one that it was copied from. */
  private List<String> whole(TarBytes archive, FileTree below, Picture... disk) throws IOException {
    return check(archive, Layer.Form.WHOLE_TREE, List.of(below), disk);
  }

  private static TarBytes sample() {
    return tar()
        .as(0755, 0, 0, 1_500_000_000)
        .dir("./")
        .dir("./etc/")
        .as(0644, 0, 0, 1_500_000_000)
        .file("./etc/passwd", "root")
        .symlink("./etc/mtab", "/proc/mounts");
  }

  private static Picture[] unpacked(UnaryOperator<Picture> change) {
    return new Picture[] {
      at(
          dir(
              "etc",
              change.apply(at(link("mtab", "/proc/mounts"))),
              change.apply(at(file("passwd", "root")))))
    };
  }

  private static UnaryOperator<Picture> on(String name, UnaryOperator<Picture> change) {
    return picture -> picture.name().is(name) ? change.apply(picture) : picture;
  }

  @Test
  void whatIsAsUnpackedHasNoDifference() throws IOException {
    assertThat(lowest(sample(), unpacked(each -> each))).isEmpty();
    assertThat(log.isEmpty()).isTrue();
  }

  @Test
  void otherBytesOfTheSameSizeAndTimeAreFound() throws IOException {
    assertThat(lowest(sample(), unpacked(on("passwd", p -> p.withBytes("r00t".getBytes(UTF_8))))))
        .containsExactly("changed /etc/passwd sha256");
    assertThat(lowest(sample(), unpacked(on("passwd", p -> p.withBytes("x".getBytes(UTF_8))))))
        .containsExactly("changed /etc/passwd size");
  }

  @Test
  void everyFieldIsCompared() throws IOException {
    assertThat(lowest(sample(), unpacked(on("passwd", p -> p.withMode(04644)))))
        .containsExactly("changed /etc/passwd mode");
    assertThat(lowest(sample(), unpacked(on("passwd", p -> p.withOwner(1, 2)))))
        .containsExactly("changed /etc/passwd uid,gid");
    assertThat(
            lowest(sample(), unpacked(on("passwd", p -> p.withModified("2020-01-01T00:00:00Z")))))
        .containsExactly("changed /etc/passwd modified");
    assertThat(lowest(sample(), unpacked(on("passwd", p -> p.with("user.a", "b")))))
        .containsExactly("changed /etc/passwd attributes");
    assertThat(
            lowest(
                sample(), unpacked(on("mtab", p -> p.withBytes("/proc/mount5".getBytes(UTF_8))))))
        .containsExactly("changed /etc/mtab target");
    assertThat(lowest(sample(), unpacked(on("passwd", p -> at(dir("passwd"))))))
        .containsExactly("replaced /etc/passwd type");
    assertThat(lowest(sample(), unpacked(on("passwd", p -> gone("passwd")))))
        .containsExactly("replaced /etc/passwd type");
  }

  @Test
  void whatWasAddedAndWhatIsMissingIsFoundWithAllBelow() throws IOException {
    assertThat(lowest(sample(), at(dir("etc")), dir("z", dir("y", file("x"))), gone("a")))
        .containsExactly(
            "added /a",
            "missing /etc/mtab",
            "missing /etc/passwd",
            "added /z",
            "added /z/y",
            "added /z/y/x");
  }

  @Test
  void marksOnTheRootItselfAreFound() throws IOException {
    TarBytes archive = tar().file("a", "");
    Picture a = at(file("a"));
    FileTree below = PictureTree.of(file("b"));
    assertThat(upper(tar().file(".wh..wh..opq", "").file("a", ""), below, a))
        .containsExactly("changed / attributes");
    assertThat(upper(archive, below, a)).isEmpty();
  }

  @Test
  void whatTheKernelWritesByItselfIsNoDifference() throws IOException {
    assertThat(
            lowest(
                sample(),
                unpacked(
                    on(
                        "passwd",
                        p -> p.with("security.selinux", "x").with("trusted.overlay.origin", "y")))))
        .isEmpty();
    assertThat(
            lowest(sample(), unpacked(on("passwd", p -> p.with("trusted.overlay.metacopy", "")))))
        .containsExactly("changed /etc/passwd attributes");
  }

  @Test
  void timesThatContainerdDoesNotSetBecome1970() throws IOException {
    TarBytes archive =
        tar()
            .pax("mtime", "-5")
            .file("before", "")
            .pax("mtime", "10000000000")
            .file("late", "")
            .pax("mtime", "4102444800.000000001")
            .file("year2100", "");
    assertThat(
            lowest(
                archive,
                file("before").withModified("1970-01-01T00:00:00Z"),
                file("late").withModified("1970-01-01T00:00:00Z"),
                file("year2100").withModified("2100-01-01T00:00:00.000000001Z")))
        .isEmpty();
  }

  /** As ext4 keeps them in inodes of 128 bytes, which have no time of birth either. */
  @Test
  void timesMayBeWholeSecondsOf31BitsWhereNoMoreIsKept() throws IOException {
    TarBytes archive =
        tar().pax("mtime", "1.75").file("fine", "").pax("mtime", "4102444800").file("late", "");
    Picture fine = file("fine").withModified("1970-01-01T00:00:01Z");
    Picture late = file("late").withModified("2038-01-19T03:14:07Z");
    assertThat(lowest(archive, fine, late)).isEmpty();
    assertThat(lowest(archive, fine, file("late").withModified("2038-01-19T03:14:06Z")))
        .containsExactly("changed /late modified");
  }

  @Test
  void whiteoutsAreDevicesAboveOtherLayers() throws IOException {
    TarBytes archive = tar().file("etc/.wh.shadow", "").file("opt/.wh..wh..opq", "");
    FileTree below = PictureTree.of(dir("etc", file("shadow")), dir("opt", file("x")));

    assertThat(upper(archive, below, dir("etc", gone("shadow")), opaque(dir("opt")))).isEmpty();
    assertThat(upper(archive, below, dir("etc"), dir("opt")))
        .containsExactly("missing /etc/shadow", "changed /opt attributes");
  }

  @Test
  void whiteoutsTakeAwayInTheLowestLayer() throws IOException {
    TarBytes archive =
        tar().file("a", "").file(".wh.a", "").file("d/b", "").file("d/.wh..wh..opq", "");
    assertThat(lowest(archive, dir("d", at(file("b"))))).isEmpty();
  }

  @Test
  void parentsThatAreNotNamedAreLikeThoseBelow() throws IOException {
    TarBytes archive = tar().file("srv/data/x", "").file("new/y", "");
    FileTree below = PictureTree.of(dir("srv", dir("data").withMode(02770).withOwner(5, 6)));

    assertThat(
            upper(
                archive,
                below,
                dir("srv", dir("data", at(file("x"))).withMode(02770).withOwner(5, 6)),
                dir("new", at(file("y")))))
        .isEmpty();
    assertThat(
            upper(
                archive,
                below,
                dir("srv", dir("data", at(file("x")))),
                dir("new", at(file("y"))).withMode(0700)))
        .containsExactly("changed /new mode", "changed /srv/data mode,uid,gid");
  }

  @Test
  void groupsAndDefaultAccessListsAreInherited() throws IOException {
    String owner = "0200000001000700ffffffff";
    String user = "02000700e9030000";
    String list = owner + user + "04000500ffffffff10000700ffffffff20000500ffffffff";
    String ofFile =
        "0200000001000600ffffffff" + user + "04000500ffffffff10000400ffffffff20000400ffffffff";
    TarBytes archive =
        tar()
            .as(02755, 0, 50, 1_500_000_000)
            .pax("SCHILY.xattr.system.posix_acl_default", hex(list))
            .dir("d")
            .as(0644, 0, 0, 1_500_000_000)
            .file("d/sub/x", "")
            .file("d/y", "");
    String access = "system.posix_acl_access";
    String byDefault = "system.posix_acl_default";
    Picture x = at(file("x")).withHex(access, ofFile);
    Picture sub =
        dir("sub", x).withOwner(0, 50).withHex(byDefault, list).withHex(access, ofDirectory(list));
    Picture y = at(file("y")).withHex(access, ofFile);

    assertThat(
            lowest(
                archive,
                at(dir("d", sub, y)).withMode(02755).withOwner(0, 50).withHex(byDefault, list)))
        .isEmpty();
  }

  /** The list as a directory of mode 0755 has it: the mask is the group's. */
  private static String ofDirectory(String list) {
    return list.replace("10000700ffffffff", "10000500ffffffff");
  }

  @Test
  void aLinksHeaderCountsForTheFile() throws IOException {
    TarBytes archive =
        tar()
            .pax("SCHILY.xattr.security.capability", "c")
            .file("a", "x")
            .as(0600, 7, 8, 1_400_000_000)
            .link("b", "./a");
    Picture a = file("a", "x").withMode(0600).withOwner(7, 8).withModified("2014-05-13T16:53:20Z");
    assertThat(lowest(archive, a, same("b", "/a"))).isEmpty();
    assertThat(lowest(archive, a.with("security.capability", "c"), same("b", "/a")))
        .containsExactly("changed /a attributes", "changed /b attributes");
  }

  @Test
  void theLastEntryOfAPathCountsAndDirectoriesAreMerged() throws IOException {
    TarBytes archive =
        tar()
            .file("d/first", "1")
            .file("a", "old")
            .file("a", "new")
            .as(0750, 0, 0, 1_500_000_000)
            .dir("d");
    assertThat(
            lowest(
                archive, at(file("a", "new")), at(dir("d", at(file("first", "1"))).withMode(0750))))
        .isEmpty();
  }

  @Test
  void linksOfTheLayerAreFollowedInsideIt() throws IOException {
    TarBytes archive =
        tar()
            .dir("usr")
            .symlink("bin", "/../usr")
            .file("bin/sh", "#")
            .file("x/../../../y", "1")
            .file("/abs", "2");
    assertThat(
            lowest(
                archive,
                at(dir("usr", at(file("sh", "#"))).withMode(0644)),
                at(link("bin", "/../usr")),
                at(file("y", "1")),
                at(file("abs", "2"))))
        .isEmpty();
  }

  @Test
  void attributesThatContainerdDropsAreNotExpected() throws IOException {
    TarBytes archive =
        tar()
            .pax("SCHILY.xattr.trusted.overlay.opaque", "y")
            .pax("SCHILY.xattr.user.kept", "1")
            .file("a", "")
            .pax("SCHILY.xattr.user.dropped", "1")
            .symlink("l", "a");
    assertThat(lowest(archive, at(file("a")).with("user.kept", "1"), at(link("l", "a")))).isEmpty();
  }

  @Test
  void accessListsFollowTheMode() throws IOException {
    String head = "02000000";
    String user = "02000500e9030000";
    TarBytes archive =
        tar()
            .as(0750, 0, 0, 1_500_000_000)
            .pax(
                "SCHILY.xattr.system.posix_acl_access",
                hex(
                    head
                        + "01000700ffffffff"
                        + user
                        + "04000500ffffffff10000700ffffffff20000500ffffffff"))
            .file("a", "")
            .pax(
                "SCHILY.xattr.system.posix_acl_access",
                hex(head + "01000700ffffffff04000500ffffffff20000500ffffffff"))
            .file("same-as-mode", "");
    String kept =
        head + "01000700ffffffff" + user + "04000500ffffffff10000500ffffffff20000000ffffffff";
    assertThat(
            lowest(
                archive,
                at(file("a")).withMode(0750).withHex("system.posix_acl_access", kept),
                at(file("same-as-mode")).withMode(0750)))
        .isEmpty();
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  @Test
  void aWholeTreeIsTheOneBelowAndTheArchive() throws IOException {
    TarBytes archive =
        tar().file("etc/new", "n").file("etc/.wh.old", "").file("opt/.wh..wh..opq", "");
    FileTree below =
        PictureTree.of(
            dir("etc", at(file("keep", "k")), file("old")), dir("opt", dir("a", file("b"))));

    assertThat(
            whole(
                archive,
                below,
                dir("etc", at(file("keep", "k")), at(file("new", "n"))),
                dir("opt")))
        .isEmpty();
    assertThat(
            whole(
                archive,
                below,
                dir("etc", at(file("keep", "K")), at(file("new", "n")), file("old")),
                dir("opt")))
        .containsExactly("changed /etc/keep sha256", "added /etc/old");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "link",
        "whiteout",
        "parent",
        "loop",
        "dots",
        "sparse",
        "long",
        "empty",
        "deep",
        "heavy"
      })
  void whatContainerdWouldNotUnpackIsNotCompared(String what) throws IOException {
    TarBytes archive =
        switch (what) {
          case "link" -> tar().link("a", "nowhere");
          case "whiteout" -> tar().file("a", "").file(".wh.a", "");
          case "parent" -> tar().file("a", "").file("a/b", "");
          case "loop" -> tar().symlink("l", "l").file("l/x", "");
          case "dots" -> tar().file(".wh...", "");
          case "empty" -> tar().symlink("a", "");
          case "deep" -> deep();
          case "heavy" -> heavy();
          case "sparse" -> tar().entry('S', "s", "", new byte[0]);
          default -> tar().pax("path", "d/".repeat(3000)).file("x", "");
        };
    List<String> told = upper(archive, PictureTree.of(file("b")), file("evil"));

    assertThat(told).singleElement().asString().startsWith("unverified null its archive cannot");
    assertThat(log.hasLosses()).isTrue();
  }

  /** Few entries that ask for more directories than a layer may have. */
  private static TarBytes deep() {
    TarBytes archive = tar();
    for (int i = 0; i < 200; i++) {
      archive.pax("path", i + "/d".repeat(2000) + "/x").file("x", "");
    }
    return archive;
  }

  /** Few entries with more attributes than a heap should hold. */
  private static TarBytes heavy() {
    TarBytes archive = tar();
    for (int i = 0; i < 40; i++) {
      archive.pax("SCHILY.xattr.user.a", new byte[1_000_000]).file("f" + i, "");
    }
    return archive;
  }

  @Test
  void whatCannotBeReadIsNotPassedOver() throws IOException {
    FileTree tree = PictureTree.of(file("evil"));
    Layer layer = layer(null, "gone", Layer.Form.LOWEST, List.of(), tree);
    LayerCheck.Store empty =
        digest -> {
          throw new NoSuchFileException("nothing is read");
        };

    assertThat(new LayerCheck(empty, layer, log).run(count -> {}))
        .extracting(Difference::note)
        .containsExactly("gone");
    assertThat(log.isEmpty()).isTrue();
  }

  @Test
  void archiveUnpackedIsComparedWithItsDiffId() throws IOException {
    FileTree tree = PictureTree.of();
    byte[] bytes = tar().done();
    Layer layer = layer(DIGEST, null, Layer.Form.LOWEST, List.of(), tree);
    LayerCheck check =
        new LayerCheck(digest -> new ArraySource(bytes, Origin.of("blob")), layer, log);

    assertThat(check.run(count -> {}))
        .singleElement()
        .satisfies(each -> assertThat(each.fields()).containsExactly("diff_id"));
  }

  @Test
  void devicesAreCompared() throws IOException {
    TarBytes archive = tar();
    byte[] header = archive.as(0600, 0, 0, 1_500_000_000).header('3', "null", "", 0);
    TarBytes.octal(header, 329, 7, 1);
    TarBytes.octal(header, 337, 7, 3);
    archive.raw(TarBytes.summed(header), new byte[0]);

    assertThat(lowest(archive, at(device("null", 1, 3)))).isEmpty();
    assertThat(lowest(archive, at(device("null", 1, 4)))).containsExactly("changed /null device");
  }
}
