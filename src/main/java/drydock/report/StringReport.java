package drydock.report;

import drydock.checkpoint.memory.Hit;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The record {@code string}: what looks like text in the memory of a checkpoint. */
public final class StringReport {
  public static final Report<HitRow> REPORT =
      new Report<>(
          List.of(
              owned("pid", place -> Value.of(place.pid())),
              owned(
                  "command",
                  place -> place.command() == null ? null : new Value.Bytes(place.command())),
              owned("address", place -> AreaReport.hex(place.address())),
              Column.of("encoding", row -> Value.of(row.encoding())),
              owned(
                      "permissions",
                      place -> place.area() == null ? null : AreaReport.permissions(place.area()))
                  .header("PERM"),
              Column.of("kind", row -> Value.of(row.hit().kind())),
              owned(
                  "file",
                  place -> place.file() == null ? null : new Value.Bytes(place.file().path())),
              Column.of("text", row -> Value.of(text(row))),
              Column.of("also_at", row -> Value.of(HitReport.others(row.hit()))),
              Column.of("offset", row -> Value.of(row.hit().offset())),
              Column.of("origin", row -> Value.of(row.hit().origin()))),
          List.of("pid", "address", "permissions", "kind", "text"));

  private StringReport() {}

  private static Column<HitRow> owned(String name, Function<Hit.Place, @Nullable Value> value) {
    return Column.of(
        name, row -> row.hit().owner() == null ? null : value.apply(row.hit().owner()));
  }

  private static String text(HitRow row) {
    Charset charset =
        switch (row.encoding()) {
          case "utf-16le" -> StandardCharsets.UTF_16LE;
          case "utf-16be" -> StandardCharsets.UTF_16BE;
          default -> StandardCharsets.US_ASCII;
        };
    return new String(row.hit().bytes(), charset);
  }
}
