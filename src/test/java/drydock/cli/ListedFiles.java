package drydock.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import drydock.truth.BodyFileLine;
import drydock.truth.KernelListing;
import drydock.truth.TimedRow;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The files that {@code find} lists, as a body file would tell of them. */
final class ListedFiles {
  private static final List<String> TIMES = List.of("accessed", "modified", "changed", "born");
  private static final Map<String, String> LETTERS =
      Map.of(
          "file", "r/r",
          "directory", "d/d",
          "symlink", "l/l",
          "character", "c/c",
          "block", "b/b",
          "fifo", "p/p",
          "socket", "s/h");

  private ListedFiles() {}

  /**
   * All below a path.
   *
   * @param prefix stands before each
   * @param where the path, or a container and a path
   * @param md5 whether contents are hashed
   */
  static List<TimedRow> of(String evidence, String prefix, String where, boolean md5) {
    Map<String, String> hashes = new HashMap<>();
    if (md5) {
      for (JsonObject file : run("hash", evidence, where, "--md5")) {
        hashes.put(bytes(file, "path"), file.get("md5").getAsString());
      }
    }
    List<TimedRow> rows = new ArrayList<>();
    for (JsonObject file : run("find", evidence, where)) {
      rows.add(row(file, KernelListing.escaped(prefix.getBytes(UTF_8)), hashes));
    }
    return rows;
  }

  /** What a fixture's listing tells, in the order of a walk. */
  static List<TimedRow> told(Path fixture) throws IOException {
    KernelListing listing = KernelListing.read(fixture);
    List<TimedRow> rows = new ArrayList<>();
    for (String path : listing.paths()) {
      Map<String, String> file = listing.row(path);
      List<BigInteger> times = new ArrayList<>();
      for (String name : List.of("atime", "mtime", "ctime", "btime")) {
        times.add(file.containsKey(name) ? new BigInteger(file.get(name)) : null);
      }
      char type = file.get("type").charAt(0) == 'f' ? 'r' : file.get("type").charAt(0);
      rows.add(
          new TimedRow(
              path,
              file.get("target"),
              "",
              Long.parseLong(file.get("ino")),
              type + "/" + (type == 's' ? 'h' : type) + permissions(octal(file.get("mode"))),
              Long.parseLong(file.get("uid")),
              Long.parseLong(file.get("gid")),
              Long.parseLong(file.get("size")),
              null,
              times));
    }
    rows.sort(Comparator.comparing(row -> order(row.path())));
    return rows;
  }

  /** Sorts a directory before what is in it, and names by their bytes. */
  private static String order(String path) {
    String latin = new String(BodyFileLine.unescape(path), ISO_8859_1);
    return latin.replace('\0', '\1').replace('/', '\0');
  }

  private static int octal(String mode) {
    return Integer.parseInt(mode, 8);
  }

  private static List<JsonObject> run(String command, String evidence, String... more) {
    List<String> words = new ArrayList<>(List.of(command, evidence, "-o", "jsonl", "--no-volumes"));
    words.addAll(List.of(more));
    Cli.Result result = Cli.run(words);
    assertThat(result.exit()).as(result.err()).isZero();
    return result.records();
  }

  private static TimedRow row(JsonObject file, String prefix, Map<String, String> hashes) {
    String type = file.get("type").getAsString();
    String path = bytes(file, "path");
    List<BigInteger> times = new ArrayList<>();
    TIMES.forEach(name -> times.add(nanos(file.get(name))));
    return new TimedRow(
        prefix + path,
        type.equals("symlink") && !file.get("target").isJsonNull() ? bytes(file, "target") : null,
        "",
        file.get("inode").getAsLong(),
        LETTERS.get(type) + permissions(octal(file.get("mode").getAsString())),
        file.get("uid").getAsLong(),
        file.get("gid").getAsLong(),
        file.get("size").getAsLong(),
        hashes.get(path),
        times);
  }

  private static String bytes(JsonObject file, String field) {
    JsonElement hex = file.get(field + "_hex");
    return KernelListing.escaped(
        hex == null
            ? file.get(field).getAsString().getBytes(UTF_8)
            : HexFormat.of().parseHex(hex.getAsString()));
  }

  private static BigInteger nanos(JsonElement time) {
    if (time.isJsonNull()) {
      return null;
    }
    Instant instant = Instant.parse(time.getAsString());
    return BigInteger.valueOf(instant.getEpochSecond())
        .multiply(BigInteger.valueOf(1_000_000_000))
        .add(BigInteger.valueOf(instant.getNano()));
  }

  /** As {@code ls} has them. */
  private static String permissions(int mode) {
    StringBuilder text = new StringBuilder("rwxrwxrwx");
    for (int bit = 0; bit < text.length(); bit++) {
      if ((mode >> (8 - bit) & 1) == 0) {
        text.setCharAt(bit, '-');
      }
    }
    for (int special = 0; special < 3; special++) {
      int at = 2 + 3 * special;
      if ((mode >> (11 - special) & 1) != 0) {
        String letters = special == 2 ? "tT" : "sS";
        text.setCharAt(at, letters.charAt(text.charAt(at) == 'x' ? 0 : 1));
      }
    }
    return text.toString();
  }
}
