package drydock.report;

import drydock.checkpoint.memory.Hit;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The record {@code hit}: where in the memory of a checkpoint something was found. */
public final class HitReport {
  public static final Report<HitRow> REPORT =
      new Report<>(
          List.of(
              Column.of("pattern", row -> Value.of(row.name())),
              owned("pid", place -> Value.of(place.pid())),
              owned(
                  "command",
                  place -> place.command() == null ? null : new Value.Bytes(place.command())),
              owned("address", place -> AreaReport.hex(place.address())),
              Column.of("encoding", row -> Value.of(row.encoding())),
              owned("area", HitReport::area),
              owned("permissions", place -> permissions(place)).header("PERM"),
              Column.of("kind", row -> Value.of(row.hit().kind())),
              Column.of("file", row -> file(row.hit())),
              Column.of("context", row -> new Value.Bytes(joined(row.hit()))),
              Column.of("match_hex", row -> Value.of(hex(row.hit().bytes()))),
              Column.of("context_hex", row -> Value.of(hex(joined(row.hit())))),
              Column.of("also_at", row -> Value.of(others(row.hit()))),
              Column.of("offset", row -> Value.of(row.hit().offset())),
              Column.of("origin", row -> Value.of(row.hit().origin()))),
          List.of(
              "pattern",
              "pid",
              "command",
              "address",
              "encoding",
              "permissions",
              "kind",
              "file",
              "context"));

  private HitReport() {}

  private static Column<HitRow> owned(String name, Function<Hit.Place, @Nullable Value> value) {
    return Column.of(
        name, row -> row.hit().owner() == null ? null : value.apply(row.hit().owner()));
  }

  /** What is mapped there, or what it is where no process has it in its memory. */
  private static @Nullable Value file(Hit hit) {
    Hit.Place place = hit.owner();
    byte[] path = place == null ? hit.file() : place.file() == null ? null : place.file().path();
    return path == null ? null : new Value.Bytes(path);
  }

  private static @Nullable Value area(Hit.Place place) {
    return place.area() == null
        ? null
        : new Value.Text(
            "0x"
                + Long.toHexString(place.area().start())
                + "-0x"
                + Long.toHexString(place.area().end()));
  }

  private static @Nullable Value permissions(Hit.Place place) {
    return place.area() == null ? null : AreaReport.permissions(place.area());
  }

  /** What was found and what surrounds it. */
  private static byte[] joined(Hit hit) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(hit.before());
    out.writeBytes(hit.bytes());
    out.writeBytes(hit.after());
    return out.toByteArray();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** Shared memory is told once: here are the others who map it. */
  static List<String> others(Hit hit) {
    List<String> texts = new ArrayList<>();
    for (Hit.Place place : hit.others()) {
      texts.add(place.pid() + ":0x" + Long.toHexString(place.address()));
    }
    return texts;
  }
}
