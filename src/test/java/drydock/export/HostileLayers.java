package drydock.export;

import static drydock.fs.Picture.broken;
import static drydock.fs.Picture.device;
import static drydock.fs.Picture.dir;
import static drydock.fs.Picture.fifo;
import static drydock.fs.Picture.file;
import static drydock.fs.Picture.gone;
import static drydock.fs.Picture.link;
import static drydock.fs.Picture.opaque;
import static drydock.fs.Picture.same;

import drydock.fs.Picture;
import drydock.fs.PictureTree;
import java.io.IOException;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Layers that no runtime writes, and what they show. */
final class HostileLayers {
  private static final String REDIRECT = "trusted.overlay.redirect";
  private static final String METACOPY = "trusted.overlay.metacopy";
  private static final String OPAQUE = "trusted.overlay.opaque";
  private static final String WHITEOUT = "trusted.overlay.whiteout";
  static final int MANY = 128;
  private static final long HUGE = 1L << 60;

  /**
   * Some layers and what they show.
   *
   * @param shown all paths below the root; null where only their count is said
   * @param paths how many there are at most
   * @param finding what a finding says of it; empty where there is none to be
   */
  record Case(String name, List<PictureTree> layers, String shown, int paths, String finding) {
    static Case of(String name, String shown, PictureTree... topFirst) {
      return new Case(name, List.of(topFirst), shown, 100, "");
    }

    static Case many(String name, int paths, IntFunction<PictureTree> layer) {
      List<PictureTree> layers = IntStream.range(0, MANY).mapToObj(layer).toList();
      return new Case(name, layers, null, paths, "");
    }

    Case says(String text) {
      return new Case(name, layers, shown, paths, text);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static PictureTree layer(Picture... pictures) {
    return PictureTree.of(pictures);
  }

  private static Picture metadata(String name) {
    return file(name).withBytes(new byte[4]).with(METACOPY, "");
  }

  private static Picture named(Picture picture, int... bytes) {
    byte[] name = new byte[bytes.length];
    for (int i = 0; i < name.length; i++) {
      name[i] = (byte) bytes[i];
    }
    return picture.withName(name);
  }

  private static Picture nested(int depth, Picture deepest) {
    Picture picture = deepest;
    for (int i = 0; i < depth; i++) {
      picture = dir("d", picture);
    }
    return picture;
  }

  /** Nested directories, all of them with a redirect as long as a path can be. */
  private static Picture led(int depth) {
    Picture picture = dir("d");
    for (int i = 0; i < depth; i++) {
      picture = dir("d", picture).with(REDIRECT, "/d".repeat(2000));
    }
    return picture;
  }

  static Stream<Case> marks() {
    PictureTree low = layer(dir("d", file("x"), dir("s", file("z"))), file("f", "data"));
    return Stream.of(
        Case.of("a whiteout in place of the root", "/f", ofRoot(gone("")), layer(file("f")))
            .says("it is no directory"),
        Case.of("a file in place of the root", "/f", ofRoot(file("")), layer(file("f")))
            .says("it is no directory"),
        Case.of("a root that cannot be read", "/f", ofRoot(broken("")), layer(file("f")))
            .says("is left out of the merged view"),
        Case.of("whiteouts of directories with content", "", layer(gone("d"), gone("f")), low),
        Case.of("a whiteout with many names", "", layer(gone("d"), same("f", "/d")), low),
        Case.of("a whiteout of nothing", "/d /d/s /d/s/z /d/x /f", layer(gone("none")), low),
        Case.of(
            "whiteouts over whiteouts", "", layer(gone("f")), layer(gone("f")), layer(gone("f"))),
        Case.of(
            "a whiteout with attributes",
            "/f",
            layer(gone("d").with(OPAQUE, "y").with(REDIRECT, "/f")),
            low),
        Case.of(
            "device 0:1 and block-like devices",
            "/d /f",
            layer(device("d", 0, 1), device("f", 1, 0)),
            low),
        Case.of(
            "a device of the largest numbers",
            "/d /f",
            layer(device("d", 0xffffffffL, 0xffffffffL)),
            layer(file("f"))),
        Case.of("opaque on a file", "/d /d/s /d/s/z /d/x /f", layer(opaque(file("f"))), low),
        Case.of("opaque on a root", "/d /d/s /d/s/z /d/x /f", ofRoot(opaque(dir(""))), low),
        Case.of(
            "a redirect on a root",
            "/d /d/s /d/s/z /d/x /f",
            ofRoot(dir("").with(REDIRECT, "/d")),
            low),
        Case.of(
            "opaque as no kernel writes it",
            "/a /a/l /b /b/l /c /c/l",
            layer(
                dir("a").with(OPAQUE, "Y"), dir("b").with(OPAQUE, ""), dir("c").with(OPAQUE, "yy")),
            layer(dir("a", file("l")), dir("b", file("l")), dir("c", file("l")))),
        Case.of(
            "an opaque of ten thousand bytes",
            "/d /d/s /d/s/z /d/x /f",
            layer(dir("d").with(OPAQUE, "y".repeat(10_000)).with("user.x", "v".repeat(10_000))),
            low),
        Case.of(
            "a whiteout by attribute on a directory",
            "/d /d/s /d/s/z /d/x /f",
            ofRoot(dir("", dir("d").with(WHITEOUT, "")).with(OPAQUE, "x")),
            low),
        Case.of(
            "a whiteout by attribute that is not empty",
            "/d /d/s /d/s/z /d/x /f",
            ofRoot(dir("", file("f", "!").with(WHITEOUT, "")).with(OPAQUE, "x")),
            low),
        Case.of(
            "the files of another kind of whiteouts",
            "/.wh..wh..opq /.wh.f /f",
            layer(file(".wh.f"), file(".wh..wh..opq")),
            layer(file("f"))),
        Case.of(
            "marks of marks of marks",
            "/d /d/s /d/s/z /d/x /f",
            layer(dir("d").with("trusted.overlay." + "overlay.".repeat(30) + "opaque", "y")),
            low),
        Case.of(
            "directory, file, directory, file",
            "/a /a/top",
            layer(dir("a", file("top"))),
            layer(file("a")),
            layer(dir("a", file("hidden")))),
        Case.of(
            "a whiteout between two directories",
            "/a /a/top",
            layer(dir("a", file("top"))),
            layer(gone("a")),
            layer(dir("a", file("hidden")))),
        Case.of(
                "a directory that is broken in between",
                "/a /a/low /a/top",
                layer(dir("a", file("top"))),
                layer(broken("a")),
                layer(dir("a", file("low"))))
            .says("is not merged"));
  }

  static Stream<Case> redirects() {
    PictureTree low = layer(dir("d", file("x"), dir("s", file("z"))), file("f", "data"));
    return Stream.of(
        Case.of(
            "a redirect to itself",
            "/d /d/s /d/s/z /d/x /f",
            layer(dir("d").with(REDIRECT, "/d")),
            low),
        Case.of(
            "a redirect to its own name",
            "/d /d/s /d/s/z /d/x /f",
            layer(dir("d").with(REDIRECT, "d")),
            low),
        Case.of(
            "a redirect to its parent",
            "/d /d/s /d/s/s /d/s/s/z /d/s/x /d/x /f",
            layer(dir("d", dir("s").with(REDIRECT, "/d"))),
            low),
        Case.of(
            "a redirect to nowhere",
            "/e /f",
            layer(dir("e").with(REDIRECT, "/no/where"), gone("d")),
            low),
        Case.of(
            "a redirect to a file", "/e /f", layer(dir("e").with(REDIRECT, "/f"), gone("d")), low),
        Case.of(
            "a redirect through a link",
            "/e /l",
            layer(dir("e").with(REDIRECT, "/l/s")),
            layer(link("l", "/"))),
        Case.of(
                "a redirect upwards",
                "/e /f",
                layer(dir("e").with(REDIRECT, "/d/../d"), gone("d")),
                low)
            .says("an invalid redirect"),
        Case.of(
                "a relative redirect upwards",
                "/e /f",
                layer(dir("e").with(REDIRECT, "../d"), gone("d")),
                low)
            .says("an invalid redirect"),
        Case.of(
                "a redirect of nothing but slashes",
                "/e /f",
                layer(dir("e").with(REDIRECT, "/".repeat(4_000)), gone("d")),
                low)
            .says("an invalid redirect"),
        Case.of(
                "a redirect of 64 KB",
                "/e /f",
                layer(dir("e").with(REDIRECT, "/d".repeat(32_000)), gone("d")),
                low)
            .says("a redirect longer than any path"),
        Case.of(
                "a redirect to one name of 64 KB",
                "/e /f",
                layer(dir("e").with(REDIRECT, "n".repeat(64_000)), gone("d")),
                low)
            .says("a redirect longer than any path"),
        Case.of(
            "a redirect of 4 KB",
            "/e /f",
            layer(dir("e").with(REDIRECT, "/d".repeat(2000)), gone("d")),
            low),
        Case.of(
            "a redirect behind a zero",
            "/e /e/s /e/s/z /e/x /f",
            layer(dir("e").with(REDIRECT, "/d\0/../.."), gone("d")),
            low),
        Case.of(
            "two directories of one",
            "/a /a/s /a/s/z /a/x /b /b/s /b/s/z /b/x /f",
            layer(dir("a").with(REDIRECT, "d"), dir("b").with(REDIRECT, "/d"), gone("d")),
            low),
        Case.of(
            "a redirect into a deleted directory",
            "/a /a/z /f",
            layer(dir("a").with(REDIRECT, "/d/s"), gone("d")),
            low),
        Case.of(
            "a redirect on a file, a link and a pipe",
            "/d /f /g",
            layer(
                file("f", "own").with(REDIRECT, "/d"),
                link("g", "f").with(REDIRECT, "/f"),
                fifo("d").with(REDIRECT, "/f")),
            low),
        Case.of("metadata without content", "/f", layer(metadata("f")), layer())
            .says("no lower one has the content"),
        Case.of("metadata of a directory", "/d /f", layer(metadata("d")), low)
            .says("no lower one has the content"),
        Case.of(
                "metadata that lead to themselves",
                "/f",
                layer(metadata("f").with(REDIRECT, "/f")),
                layer(metadata("f").with(REDIRECT, "/f")))
            .says("no lower one has the content"),
        Case.of(
                "metadata of a file of another size",
                "/f",
                layer(metadata("f").withBytes(new byte[9])),
                layer(file("f", "data")))
            .says("is not as long as its metadata say"),
        Case.of(
            "metadata on a link and on a directory",
            "/f /l",
            layer(link("l", "x").with(METACOPY, ""), dir("f").with(METACOPY, "")),
            layer(file("l"))));
  }

  static Stream<Case> stacks() {
    return Stream.of(
        Case.many("each layer opaque", 3, i -> layer(opaque(dir("d", file("f" + i, "x"))))),
        Case.many(
            "each layer of another type",
            3,
            i -> layer(i % 2 == 0 ? dir("a", file("f" + i)) : file("a"))),
        Case.many("each layer with a whiteout", 2, i -> layer(gone("a"), file("b"), gone("b" + i))),
        Case.many(
            "each layer with a directory of its own",
            2 * MANY + 2,
            i -> layer(dir("d", dir("e" + i)), file("f" + i))),
        Case.many(
            "metadata through all layers",
            2,
            i -> layer(i < MANY - 1 ? metadata("f") : file("f", "data"))),
        Case.many(
                "metadata that are led in circles",
                3,
                i -> layer(metadata("a").with(REDIRECT, "/b"), metadata("b").with(REDIRECT, "/a")))
            .says("no lower one has the content"),
        Case.many(
            "directories that change places in each layer",
            2000,
            i ->
                layer(
                    dir("a", file("a" + i)).with(REDIRECT, "/b"),
                    dir("b", file("b" + i)).with(REDIRECT, "/a"))),
        Case.many(
                "each layer with two redirects to what they lie in",
                20_000,
                i -> layer(dir("p", dir("a").with(REDIRECT, "/p"), dir("b").with(REDIRECT, "/p"))))
            .says("too many names lead to this directory"),
        Case.many(
                "each layer with long redirects on the way of the others", 40, i -> layer(led(30)))
            .says("without end"),
        Case.many(
            "the same inodes in all layers", 4, i -> layer(dir("d", file("a"), same("b", "/d/a")))),
        Case.many(
            "whiteouts by attribute",
            3,
            i -> layer(dir("d", file("a").with(WHITEOUT, ""), file("b")).with(OPAQUE, "x"))));
  }

  static Stream<Case> sizes() throws IOException {
    Picture[] names = new Picture[20_000];
    Picture[] whiteouts = new Picture[names.length];
    for (int i = 0; i < names.length; i++) {
      names[i] = file("n" + i);
      whiteouts[i] = gone("n" + i);
    }
    PictureTree twice = layer(dir("d", dir("s", file("x"))));
    return Stream.of(
        Case.of(
            "a file of 2^60 bytes",
            "/f /g",
            layer(file("f", "start"), file("g")).stretch("/f", HUGE),
            layer(file("f", "start"))),
        Case.of(
            "two files of 2^60 bytes",
            "/f",
            layer(file("f", "start")).stretch("/f", HUGE),
            layer(file("f", "start")).stretch("/f", HUGE)),
        Case.of(
                "metadata of 2^60 bytes",
                "/f",
                layer(metadata("f")).stretch("/f", HUGE),
                layer(file("f", "data")))
            .says("is not as long as its metadata say"),
        Case.of(
                "metadata of a file of 2^60 bytes",
                "/f",
                layer(metadata("f")),
                layer(file("f", "data")).stretch("/f", HUGE))
            .says("is not as long as its metadata say"),
        Case.of(
            "twenty thousand whiteouts", "/d", layer(dir("d", whiteouts)), layer(dir("d", names))),
        new Case(
            "directories 400 deep in three layers",
            List.of(
                layer(nested(400, file("a"))),
                layer(nested(400, file("b"))),
                layer(nested(400, file("c")))),
            null,
            403,
            ""),
        new Case(
            "directories deeper than any path",
            List.of(
                layer(dir("a").with(REDIRECT, "/b/c")),
                layer(dir("b", dir("c"))).loop("/b/c", "b")),
            null,
            100,
            "inside itself"),
        new Case(
            "a directory inside itself in a lower layer",
            List.of(layer(dir("a")), layer(dir("a", dir("b"))).loop("/a", "again")),
            null,
            100,
            "inside itself"),
        new Case(
            "a directory inside itself in two layers",
            List.of(
                layer(dir("a")).loop("/a", "again"), layer(dir("a", dir("b"))).loop("/a", "again")),
            null,
            100,
            "inside itself"),
        new Case(
            "a directory inside itself, led around by a redirect",
            List.of(
                layer(dir("a").with(REDIRECT, "/b")),
                layer(dir("b", file("x"))).loop("/b", "a").loop("/", "b2")),
            null,
            100,
            "inside itself"),
        new Case("the same layer twice", List.of(twice, twice), "/d /d/s /d/s/x", 10, ""));
  }

  static Stream<Case> names() {
    int[] notText = {0xff, 0xfe, 0xc0, 0x80};
    PictureTree low = layer(file("f"), dir("d", file("x")));
    return Stream.of(
        Case.of(
            "names that lead upwards",
            "/.. /../.. /../../escaped /d /d/x /f",
            layer(dir("..", dir("..", file("escaped", "!")))),
            low),
        Case.of(
            "names with a way in them",
            "/../../escaped //escaped /d /d/x /f",
            layer(file("../../escaped", "!"), file("/escaped", "!")),
            low),
        Case.of(
            "whiteouts of what no name can be",
            "/d /d/x /f",
            layer(gone(".."), gone("."), gone("d/x")),
            low),
        Case.of(
            "a link that leads out, and a directory below it",
            "/d /f",
            layer(link("d", "/")),
            layer(link("d", "/tmp")),
            low),
        Case.of(
            "links in circles over all layers",
            "/a /b /c",
            layer(link("a", "b")),
            layer(link("b", "c")),
            layer(link("c", "a"))),
        Case.of(
            "a new line, an escape and a quote",
            "/\n /\u001b[2J\u0007 /\"'\\",
            layer(file("\n"), file("\u001b[2J\u0007")),
            layer(file("\"'\\"), gone("\n"))),
        new Case(
            "names that are no text",
            List.of(layer(named(file("x"), notText)), layer(named(dir("x", file("y")), notText))),
            null,
            2,
            ""),
        new Case(
            "a whiteout of a name that is no text",
            List.of(layer(named(gone("x"), notText)), layer(named(file("x"), notText))),
            null,
            0,
            ""),
        Case.of(
            "names of 255 bytes",
            "/" + "n".repeat(255) + " /" + "n".repeat(255) + "/" + "m".repeat(255),
            layer(dir("n".repeat(255))),
            layer(dir("n".repeat(255), file("m".repeat(255))))),
        Case.of(
            "names that differ in case",
            "/A /A/x /a /a/y",
            layer(dir("A", file("x"))),
            layer(dir("a", file("y")))),
        Case.of(
            "options in place of names",
            "/--checkpoint=1 /-rf",
            layer(file("-rf")),
            layer(file("--checkpoint=1"))));
  }

  static Stream<Case> cases() throws IOException {
    return Stream.of(marks(), redirects(), stacks(), sizes(), names()).flatMap(each -> each);
  }

  private static PictureTree ofRoot(Picture root) {
    return PictureTree.ofRoot(root);
  }

  private HostileLayers() {}
}
