package drydock.cli.debug;

import drydock.cli.option.Console;
import drydock.cli.option.ExitCode;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.cli.option.ReadingCommand;
import drydock.disk.Qcow2Extension;
import drydock.disk.Qcow2Extent;
import drydock.disk.Qcow2Header;
import drydock.disk.Qcow2Map;
import drydock.disk.Qcow2Snapshot;
import drydock.finding.FindingLog;
import drydock.report.Column;
import drydock.report.Dossier;
import drydock.report.OutputFormat;
import drydock.report.Report;
import drydock.report.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * A qcow2 file: header, extensions, snapshots, how much of the disk lies in which way, and where.
 */
@Command(
    name = "qcow2",
    footer = {
      "",
      "Example:",
      "  drydock debug qcow2 node.qcow2 --map",
      "  drydock debug qcow2 node.qcow2 --at 1048576",
      "One file alone is shown: what lies in a backing file is unallocated here."
    })
final class Qcow2Command extends ReadingCommand {
  private static final Report<Qcow2Extent> EXTENTS =
      new Report<>(
          List.of(
              Column.of("start", e -> Value.of(e.start())),
              Column.of("length", e -> Value.of(e.length())),
              Column.of("kind", e -> Value.of(kind(e))),
              Column.of("host_offset", e -> Value.of(hostOffset(e))),
              Column.of("host_length", e -> Value.of(e.hostLength()))),
          List.of("start", "length", "kind", "host_offset", "host_length"));

  @Parameters(index = "0", paramLabel = "FILE", description = "A qcow2 file.")
  Path path = Path.of("");

  @Option(names = "--map", description = "List every run of the disk and where it lies.")
  boolean map;

  @Option(
      names = "--at",
      paramLabel = "BYTE",
      description = "Tell where this byte of the disk lies.")
  @Nullable Long at;

  @Mixin OutputOption output = new OutputOption();

  Qcow2Command(Console console) {
    super(console);
  }

  @Override
  protected Path evidencePath() {
    return path;
  }

  @Override
  protected OutputFileOption outputFile() {
    return output;
  }

  @Override
  protected int read(FindingLog log) throws IOException {
    try (Qcow2Map opened = Qcow2Map.open(path, log)) {
      if (map) {
        output.rows(console, EXTENTS, rows -> opened.extents(rows::add));
      } else if (at != null) {
        output.dossier(console, location(opened.locate(at), at), OutputFormat.TABLE);
      } else {
        output.dossier(console, whole(opened), OutputFormat.TABLE);
      }
    }
    return ExitCode.DONE;
  }

  private static Dossier location(Qcow2Map.Location location, long at) {
    Qcow2Extent extent = location.extent();
    Long offset = hostOffset(extent);
    boolean data = extent.kind() == Qcow2Extent.Kind.DATA;
    return new Dossier()
        .add("disk_offset", Value.of(at))
        .add("l1_index", Value.of(location.l1Index()))
        .add(
            "l2_table", Value.of(location.l2Table() == 0 ? null : Long.valueOf(location.l2Table())))
        .add("l2_index", Value.of(location.l2Index()))
        .add("kind", Value.of(kind(extent)))
        .add("run_start", Value.of(extent.start()))
        .add("run_length", Value.of(extent.length()))
        .add(
            "host_offset",
            Value.of(offset == null || !data ? offset : Long.valueOf(offset + at - extent.start())))
        .add("host_length", Value.of(extent.hostLength()));
  }

  private static Dossier whole(Qcow2Map opened) throws IOException {
    Qcow2Header header = opened.header();
    String backing = opened.backingName();
    return new Dossier()
        .add("file_size", Value.of(opened.fileSize()))
        .add("header", header(header).value())
        .add("backing_file", Value.of(backing.isEmpty() ? null : backing))
        .add("extensions", extensions(opened.extensions()))
        .add("snapshots", snapshots(opened.snapshots()))
        .add("map", statistics(opened.statistics()).value());
  }

  private static Dossier header(Qcow2Header header) {
    return new Dossier()
        .add("version", Value.of(header.version()))
        .add("disk_size", Value.of(header.size()))
        .add("cluster_bytes", Value.of(header.clusterBytes()))
        .add("compression", Value.of(header.compression()))
        .add("encryption", Value.of(header.encryption()))
        .add("extended_l2", Value.of(header.extendedL2()))
        .add("l1_entries", Value.of(header.l1Entries()))
        .add("l1_offset", Value.of(header.l1Offset()))
        .add("refcount_bits", Value.of(header.refcountBits()))
        .add("refcount_table_offset", Value.of(header.refcountTableOffset()))
        .add("refcount_table_clusters", Value.of(header.refcountTableClusters()))
        .add("snapshots", Value.of(header.snapshots()))
        .add("snapshots_offset", Value.of(header.snapshotsOffset()))
        .add("incompatible_features", Value.of("0x" + Long.toHexString(header.incompatible())))
        .add("compatible_features", Value.of("0x" + Long.toHexString(header.compatible())))
        .add("autoclear_features", Value.of("0x" + Long.toHexString(header.autoclear())))
        .add("header_length", Value.of(header.headerLength()));
  }

  private static Value extensions(List<Qcow2Extension> extensions) {
    List<@Nullable Value> values = new ArrayList<>();
    for (Qcow2Extension each : extensions) {
      values.add(
          new Dossier()
              .add("type", Value.of(String.format(Locale.ROOT, "0x%08x", each.type())))
              .add("offset", Value.of(each.offset()))
              .add("length", Value.of(each.data().length))
              .add("data_hex", Value.of(HexFormat.of().formatHex(each.data())))
              .value());
    }
    return new Value.Many(values);
  }

  private static Value snapshots(List<Qcow2Snapshot> snapshots) {
    List<@Nullable Value> values = new ArrayList<>();
    for (Qcow2Snapshot each : snapshots) {
      values.add(
          new Dossier()
              .add("id", Value.of(each.id()))
              .add("name", Value.of(each.name()))
              .add("created", Value.of(each.created()))
              .add("memory_bytes", Value.of(each.vmStateBytes()))
              .add("l1_offset", Value.of(each.l1Offset()))
              .add("l1_entries", Value.of(each.l1Entries()))
              .value());
    }
    return new Value.Many(values);
  }

  private static Dossier statistics(Qcow2Map.Statistics sums) {
    return new Dossier()
        .add("l1_entries_used", Value.of(sums.l1Used()))
        .add("data_bytes", Value.of(sums.dataBytes()))
        .add("compressed_bytes", Value.of(sums.compressedBytes()))
        .add("compressed_bytes_in_file", Value.of(sums.packedBytes()))
        .add("zero_bytes", Value.of(sums.zeroBytes()))
        .add("unallocated_bytes", Value.of(sums.unallocatedBytes()));
  }

  private static String kind(Qcow2Extent extent) {
    return extent.kind().name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable Long hostOffset(Qcow2Extent extent) {
    return extent.hostLength() == 0 ? null : Long.valueOf(extent.hostOffset());
  }
}
