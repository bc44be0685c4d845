package drydock.cli;

import drydock.bytes.ByteSource;
import drydock.cli.option.Console;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.Progress;
import drydock.cli.option.StandardOutput;
import drydock.evidence.Evidence;
import drydock.finding.FindingLog;
import drydock.fs.FileMeta;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The bytes of files, one after the other, exactly as they are. */
@Command(
    name = "cat",
    footer = {
      "",
      "Example:",
      "  drydock cat node.qcow2 shop/web-0/web:/etc/passwd",
      "  drydock cat node.qcow2 shop/web-0/web:/usr/bin/ps --layer 7 > ps.of-the-image",
      "The bytes go out unchanged, even those that a terminal obeys: see unknown files through less."
    })
final class CatCommand extends LayeredCommand {
  private static final int CHUNK_BYTES = 256 << 10;

  /** So often the progress is told. */
  private static final int PIECE_BYTES = 8 << 20;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "PATH",
      description = "/path on the node or CONTAINER:/path.")
  List<String> paths = new ArrayList<>();

  @Option(
      names = "--inode",
      paramLabel = "N",
      description = "The file of that inode, with or without a name.")
  List<Long> inodes = new ArrayList<>();

  @Mixin OutputFileOption output = new OutputFileOption();

  CatCommand(Console console) {
    super(console);
  }

  @Override
  protected OutputFileOption outputFile() {
    return output;
  }

  @Override
  protected int run(Evidence evidence, FindingLog log) throws IOException {
    List<Target> targets = targets(evidence, paths, inodes);
    output.use(console, out -> each(evidence, targets, true, place -> copy(place, out)));
    return exitCode();
  }

  private void copy(Place place, OutputStream out) throws IOException {
    FileMeta meta = place.node().meta();
    if (!meta.isFile()) {
      throw notAFile(place, meta.type());
    }
    ByteSource content = place.node().content();
    long size = content.size();
    try (Progress progress = new Progress(console, common(), "reading", size)) {
      for (long position = 0; position < size; ) {
        long count = copy(content, position, out);
        position += count;
        progress.add(count, 0, place.typed());
      }
    }
  }

  /** Some bytes from a position on; as the file system copies them where it can. */
  private static long copy(ByteSource content, long position, OutputStream out) throws IOException {
    long left = content.size() - position;
    if (out instanceof StandardOutput standard) {
      return standard.transfer(content, position, Math.min(PIECE_BYTES, left));
    }
    byte[] piece = content.bytes(position, (int) Math.min(CHUNK_BYTES, left));
    out.write(piece);
    return piece.length;
  }
}
