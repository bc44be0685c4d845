package drydock.drift;

import static drydock.fs.Picture.device;
import static drydock.fs.Picture.dir;
import static drydock.fs.Picture.fifo;
import static drydock.fs.Picture.file;
import static drydock.fs.Picture.gone;
import static drydock.fs.Picture.link;
import static drydock.fs.Picture.opaque;
import static org.assertj.core.api.Assertions.assertThat;

import drydock.finding.FindingLog;
import drydock.fs.Picture;
import drydock.fs.PictureTree;
import drydock.overlay.Layer;
import drydock.overlay.OverlayTree;
import drydock.runtime.Mount;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class DriftTest {
  private static final String REDIRECT = "trusted.overlay.redirect";
  private static final String METACOPY = "trusted.overlay.metacopy";

  private final FindingLog log = new FindingLog();
  private List<Mount> mounts = List.of();

  private static Picture[] layer(Picture... pictures) {
    return pictures;
  }

  private List<Change> changes(Picture[]... topFirst) throws IOException {
    List<Layer> layers = new ArrayList<>();
    for (Picture[] pictures : topFirst) {
      layers.add(new Layer("l" + layers.size(), PictureTree.of(pictures).root()));
    }
    OverlayTree upper = OverlayTree.of(layers, log);
    OverlayTree lower = OverlayTree.of(layers.subList(1, layers.size()), log);
    return changes(Drift.between(upper, lower, mounts, null, log));
  }

  private static List<Change> changes(Drift drift) throws IOException {
    List<Change> changes = new ArrayList<>();
    drift.walk(sides -> changes.addAll(drift.changes(sides, () -> {})));
    return changes;
  }

  /** {@code kind path [fields] <- from}, without the root. */
  private static List<String> lines(List<Change> changes) {
    return changes.stream()
        .filter(change -> !change.path().isRoot())
        .map(
            change -> {
              Side lower = change.lower();
              boolean moved = lower != null && !lower.path().equals(change.path());
              return change.kind().label()
                  + " "
                  + change.path()
                  + (change.fields().isEmpty() ? "" : " " + change.fields())
                  + (moved ? " <- " + lower.path() : "");
            })
        .toList();
  }

  private List<String> lines(Picture[]... topFirst) throws IOException {
    return lines(changes(topFirst));
  }

  private String marks(String path, Picture[]... topFirst) throws IOException {
    for (Change change : changes(topFirst)) {
      if (change.path().toString().equals(path)) {
        List<String> labels = change.marks().keySet().stream().map(Mark::label).toList();
        return String.join(" ", labels);
      }
    }
    throw new AssertionError("no change of " + path);
  }

  @Test
  void whatIsOnlyBelowIsNotLookedAt() throws IOException {
    assertThat(
            lines(
                layer(dir("etc", file("new"))),
                layer(dir("etc", Picture.broken("old")), Picture.broken("other"))))
        .containsExactly("touched /etc", "added /etc/new");
    assertThat(log.list()).isEmpty();
  }

  @Test
  void contentMetadataAndMereCopiesAreToldApart() throws IOException {
    assertThat(
            lines(
                layer(
                    file("a", "XY"),
                    file("b", "longer"),
                    file("c", "c").withMode(04755),
                    file("d", "d").withOwner(7, 8).with("user.x", "1"),
                    file("e", "e"),
                    link("f", "/x"),
                    device("g", 1, 2)),
                layer(
                    file("a", "xy"),
                    file("b", "b"),
                    file("c", "c"),
                    file("d", "d"),
                    file("e", "e"),
                    link("f", "/y"),
                    device("g", 1, 3))))
        .containsExactly(
            "modified /a [sha256]",
            "modified /b [size, sha256]",
            "metadata /c [mode]",
            "metadata /d [uid, gid, attributes]",
            "touched /e",
            "modified /f [target]",
            "modified /g [device]");
  }

  @Test
  void aDeletedDirectoryIsToldWithAllThatWasInIt() throws IOException {
    assertThat(
            lines(
                layer(gone("srv"), gone("never")),
                layer(dir("srv", file("b"))),
                layer(dir("srv", dir("a", file("x")), gone("b")))))
        .containsExactly("deleted /srv", "deleted /srv/a", "deleted /srv/a/x", "deleted /srv/b");
    assertThat(log.list()).isEmpty();
  }

  @Test
  void anOpaqueDirectoryIsReplacedAndWhatItHidIsDeleted() throws IOException {
    assertThat(
            lines(
                layer(opaque(dir("srv", dir("in", file("new")), file("same", "1")))),
                layer(dir("srv", dir("in", file("old")), file("same", "1"), file("gone")))))
        .containsExactly(
            "replaced /srv",
            "deleted /srv/gone",
            "replaced /srv/in",
            "added /srv/in/new",
            "deleted /srv/in/old",
            "touched /srv/same");
  }

  @Test
  void anotherTypeIsReplacedAndWhatTheDirectoryHeldIsDeleted() throws IOException {
    assertThat(
            lines(
                layer(file("a"), dir("b", file("n")), fifo("c"), link("d", "/etc/passwd")),
                layer(dir("a", file("x")), file("b"), file("c"), file("d"))))
        .containsExactly(
            "replaced /a [type, mode]",
            "deleted /a/x",
            "replaced /b [type, mode]",
            "added /b/n",
            "replaced /c [type]",
            "replaced /d [type, mode]");
  }

  @Test
  void aRenamedDirectoryIsMovedWithAllThatIsInIt() throws IOException {
    assertThat(
            lines(
                layer(
                    gone("a"),
                    dir("b", file("new"), file("x", "changed")).with(REDIRECT, "a"),
                    dir("deep", dir("c", dir("q", gone("z"))).with(REDIRECT, "/m/n"))),
                layer(
                    dir("a", file("x"), file("y")),
                    dir("deep"),
                    dir("m", dir("n", dir("q", file("w"), file("z")))))))
        .containsExactly(
            "deleted /a",
            "deleted /a/x",
            "deleted /a/y",
            "moved /b <- /a",
            "added /b/new",
            "moved /b/x [size, sha256] <- /a/x",
            "moved /b/y <- /a/y",
            "touched /deep",
            "moved /deep/c <- /m/n",
            "moved /deep/c/q <- /m/n/q",
            "moved /deep/c/q/w <- /m/n/q/w");
  }

  @Test
  void whatAMovedDirectoryLiesOverIsDeleted() throws IOException {
    assertThat(
            lines(
                layer(gone("a"), dir("b").with(REDIRECT, "a")),
                layer(dir("a", file("x", "1")), dir("b", file("o"), file("x", "2")))))
        .containsExactly(
            "deleted /a",
            "deleted /a/x",
            "deleted /b",
            "moved /b <- /a",
            "deleted /b/o",
            "deleted /b/x",
            "moved /b/x <- /a/x");
  }

  @Test
  void aFileOfWhichOnlyMetadataWereCopiedHasTheContentBelow() throws IOException {
    assertThat(
            lines(
                layer(
                    file("a").withBytes(new byte[3]).withMode(0600).with(METACOPY, ""),
                    file("z").withBytes(new byte[3]).with(METACOPY, "").with(REDIRECT, "/old")),
                layer(file("a", "abc"), file("old", "abc"))))
        .containsExactly("metadata /a [mode]", "moved /z <- /old");
  }

  @Test
  void aRedirectToItselfIsNoMove() throws IOException {
    assertThat(
            lines(
                layer(
                    file("su")
                        .withBytes(new byte[3])
                        .withMode(04711)
                        .with(METACOPY, "")
                        .with(REDIRECT, "/su")),
                layer(file("su", "abc"))))
        .containsExactly("metadata /su [mode]");
  }

  @Test
  void whatWasMovedInALowerLayerIsNotTakenForMovedAgain() throws IOException {
    Picture moved = file("new").withBytes(new byte[3]).with(METACOPY, "").with(REDIRECT, "old");
    assertThat(
            lines(
                layer(gone("a"), dir("b").with(REDIRECT, "a")),
                layer(dir("a", moved, gone("old"), dir("d").with(REDIRECT, "/e"))),
                layer(dir("a", file("old", "abc")), dir("e", file("x")))))
        .containsExactly(
            "deleted /a",
            "deleted /a/d",
            "deleted /a/d/x",
            "deleted /a/new",
            "moved /b <- /a",
            "moved /b/d <- /a/d",
            "moved /b/d/x <- /a/d/x",
            "moved /b/new <- /a/new");
  }

  @Test
  void wholeTreesAreComparedSideBySide() throws IOException {
    Drift drift =
        Drift.between(
            PictureTree.of(dir("etc", file("a", "1"), file("b", "2"), file("n"))),
            PictureTree.of(dir("etc", file("a", "1"), file("b", "3"), file("o"))),
            List.of(),
            null,
            log);
    assertThat(lines(changes(drift)))
        .containsExactly("modified /etc/b [sha256]", "added /etc/n", "deleted /etc/o");
  }

  @Test
  void aLoopOfDirectoriesEnds() throws IOException {
    PictureTree top = PictureTree.of(dir("a", dir("b"))).loop("/a", "again");
    OverlayTree upper =
        OverlayTree.of(
            List.of(new Layer("0", top.root()), new Layer("1", PictureTree.of().root())), log);
    Drift drift = Drift.between(upper, PictureTree.of(), List.of(), null, log);
    assertThat(lines(changes(drift))).contains("added /a", "added /a/again", "added /a/b");
    assertThat(log.list()).anyMatch(each -> each.what().contains("inside itself"));
  }

  @Test
  void whatCannotBeReadIsFoundAndTheRestIsTold() throws IOException {
    assertThat(
            lines(
                layer(file("a"), Picture.broken("b"), file("c")), layer(file("a", "1"), file("b"))))
        .contains("modified /a [size, sha256]", "added /c");
    assertThat(log.list()).isNotEmpty();
  }

  @Test
  void emptyMountPointsAreMadeByTheRuntime() throws IOException {
    mounts =
        List.of(
            mount("/etc/hosts"),
            mount("/etc/resolv.conf"),
            mount("/var/run/secrets/k8s"),
            mount("/data"));
    List<Change> changes =
        changes(
            layer(
                dir("data", file("planted")),
                dir("etc", file("hosts"), file("hostname"), file("resolv.conf", "evil")),
                dir("run", dir("secrets", dir("k8s")))),
            layer(dir("etc"), dir("run"), dir("var", link("run", "/run"))));
    assertThat(changes.stream().filter(Change::byRuntime).map(change -> change.path().toString()))
        .containsExactly("/etc/hosts", "/run/secrets", "/run/secrets/k8s");
  }

  private static Mount mount(String destination) {
    return new Mount(destination, "bind", "/x", List.of());
  }

  @Test
  void whatDeservesALookIsMarked() throws IOException {
    Picture[] upper =
        layer(
            dir(
                "etc",
                file("ld.so.preload", "/x.so"),
                dir("cron.d", file("j", "* * * * *")),
                dir("systemd", dir("system", file("x.service"))),
                file("passwd", "root")),
            dir("root", dir(".ssh", file("authorized_keys")), link(".bash_history", "/dev/null")),
            dir("tmp", dir(".x", file("run", "\u007fELF").withMode(0755)), file("...", "1")),
            dir("dev", file("shm"), device("sda", 8, 0)),
            dir("usr", dir("bin", file("ps", "#!/bin/sh\n").withMode(04755), file("a\u202eb"))),
            dir(
                "var",
                dir("www", file("i.jpg", "GIF89a<?php"), file("s.php")),
                dir("log", gone("auth.log"))),
            dir("cap", file("p", "x").with("security.capability", "1")));
    Picture[] lower =
        layer(
            dir("etc", file("passwd")),
            dir("usr", dir("bin", file("ps", "\u007fELF...").withMode(0755))),
            dir("var", dir("lib", dir("dpkg", file("status"))), dir("log", file("auth.log", "x"))));
    assertThat(marks("/etc/ld.so.preload", upper, lower)).isEqualTo("preload");
    assertThat(marks("/etc/cron.d/j", upper, lower)).isEqualTo("cron");
    assertThat(marks("/etc/systemd/system/x.service", upper, lower)).isEqualTo("service");
    assertThat(marks("/etc/passwd", upper, lower)).isEqualTo("account");
    assertThat(marks("/root/.ssh/authorized_keys", upper, lower)).isEqualTo("authorized-keys");
    assertThat(marks("/root/.bash_history", upper, lower)).isEqualTo("history");
    assertThat(marks("/tmp/.x/run", upper, lower)).isEqualTo("executable hidden");
    assertThat(marks("/tmp/...", upper, lower)).isEqualTo("hidden odd-name");
    assertThat(marks("/dev/shm", upper, lower)).isEqualTo("hidden");
    assertThat(marks("/dev/sda", upper, lower)).isEqualTo("device");
    assertThat(marks("/usr/bin/ps", upper, lower))
        .isEqualTo("executable script set-id system-file unpackaged");
    assertThat(marks("/usr/bin/a\u202eb", upper, lower)).isEqualTo("odd-name");
    assertThat(marks("/var/www/i.jpg", upper, lower)).isEqualTo("web-script");
    assertThat(marks("/var/www/s.php", upper, lower)).isEqualTo("web-script");
    assertThat(marks("/var/log/auth.log", upper, lower)).isEqualTo("log-removed");
    assertThat(marks("/cap/p", upper, lower)).isEqualTo("capability");
  }

  @Test
  void everydayChangesAreNotMarked() throws IOException {
    Picture[] upper =
        layer(
            dir("srv", file("data.txt", "1"), file("notes", "2")),
            dir("tmp", file("upload"), fifo("pipe")),
            dir("var", dir("log", file("app.log", "more lines"))));
    Picture[] lower = layer(dir("var", dir("log", file("app.log", "1"))));
    for (Change change : changes(upper, lower)) {
      assertThat(change.marks()).as(change.path().toString()).isEmpty();
    }
  }

  @Test
  void marksHaveStableNames() {
    for (Mark mark : Mark.values()) {
      assertThat(mark.label())
          .matches("[a-z]+(-[a-z]+)?")
          .isEqualTo(mark.label().toLowerCase(Locale.ROOT));
    }
  }

  @Test
  void aFileOlderThanItsBirthOrItsImageHasItsTimeSet() throws IOException {
    OverlayTree lower = OverlayTree.of(List.of(new Layer("1", PictureTree.of().root())), log);
    Picture old = file("old", "1").withModified("2020-01-01T00:00:00Z");
    Picture young = file("young", "1").withModified("2026-01-02T00:00:00.5Z");
    Layer top = new Layer("0", PictureTree.of(old, young).root());
    OverlayTree upper = OverlayTree.of(List.of(top, new Layer("1", PictureTree.of().root())), log);
    Instant made = Instant.parse("2026-01-01T00:00:00Z");
    List<Change> changes = changes(Drift.between(upper, lower, List.of(), made, log));
    assertThat(changes).hasSize(3);
    assertThat(changes.get(1).marks()).containsOnlyKeys(Mark.TIME_STOMPED);
    assertThat(changes.get(2).marks()).isEmpty();
  }
}
