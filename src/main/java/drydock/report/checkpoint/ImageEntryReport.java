package drydock.report.checkpoint;

import drydock.bytes.ByteSource;
import drydock.checkpoint.criu.ImageEntry;
import drydock.checkpoint.criu.Rendering;
import drydock.report.Column;
import drydock.report.Report;
import drydock.report.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The record {@code entry}: one of an image, as it lies there. */
public final class ImageEntryReport {
  /** More raw bytes of one entry are not shown as text. */
  private static final int MAX_SHOWN = 16 << 20;

  /**
   * An entry, or what a file without entries is.
   *
   * @param entry null of a file that is nothing but data
   * @param bytes of the whole file
   * @param withPayload whether raw bytes are shown, not only where they are
   */
  public record Row(
      String image,
      String kind,
      @Nullable ImageEntry entry,
      ByteSource bytes,
      boolean withPayload) {}

  public static final Report<Row> REPORT =
      new Report<>(
          List.of(
              Column.of("image", row -> Value.of(row.image())),
              Column.of("kind", row -> Value.of(row.kind())),
              Column.<Row>of("entry", row -> of(row, e -> Value.of(e.index()))),
              Column.<Row>of("message", row -> of(row, e -> Value.of(Rendering.type(e)))),
              Column.<Row>of("offset", row -> of(row, e -> Value.of(e.offset()))),
              Column.<Row>of("size", ImageEntryReport::size),
              Column.<Row>of("fields", row -> of(row, e -> RenderedValue.of(Rendering.of(e)))),
              Column.<Row>of("payload", ImageEntryReport::payloads),
              Column.of(
                  "origin",
                  row ->
                      Value.of(row.entry() == null ? row.bytes().origin() : row.entry().origin()))),
          List.of("image", "kind", "entry", "offset", "fields", "payload"));

  private ImageEntryReport() {}

  /** What an entry has. */
  @FunctionalInterface
  private interface Part {
    @Nullable Value of(ImageEntry entry) throws IOException;
  }

  private static @Nullable Value of(Row row, Part part) throws IOException {
    return row.entry() == null ? null : part.of(row.entry());
  }

  private static @Nullable Value size(Row row) {
    ImageEntry entry = row.entry();
    return Value.of(entry == null ? row.bytes().size() : entry.message().length);
  }

  private static Value payloads(Row row) throws IOException {
    List<Value> all = new ArrayList<>();
    ImageEntry entry = row.entry();
    if (entry != null) {
      for (ImageEntry.Payload each : entry.payloads()) {
        all.add(payload(each, row.withPayload()));
      }
    }
    return RenderedValue.many(all);
  }

  private static Value payload(ImageEntry.Payload payload, boolean shown) throws IOException {
    Value name = new Value.Text(payload.name());
    Value at = new Value.Whole(payload.at());
    Value offset = new Value.Whole(payload.offset());
    Value size = new Value.Whole(payload.bytes().size());
    if (!shown) {
      return RenderedValue.pairs("name", name, "at", at, "offset", offset, "size", size);
    }
    byte[] bytes = payload.bytes().allBytes(MAX_SHOWN);
    Value text = new Value.Text(Base64.getEncoder().encodeToString(bytes));
    return RenderedValue.pairs(
        "name", name, "at", at, "offset", offset, "size", size, "base64", text);
  }
}
