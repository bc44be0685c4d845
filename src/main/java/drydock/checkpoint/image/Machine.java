package drydock.checkpoint.image;

import com.google.protobuf.InvalidProtocolBufferException;
import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.criu.ImageEntry;
import drydock.checkpoint.criu.ImageFile;
import drydock.checkpoint.criu.ImageKind;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.Entry;
import drydock.fs.Node;
import drydock.proto.criu.CoreEntry;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** On which processor the processes ran: the first core image that is whole tells. */
final class Machine {
  private Machine() {}

  /** As Go calls it, and so the configurations of images; null when no image tells. */
  static @Nullable String goName(Checkpoint checkpoint, FindingLog log) throws IOException {
    Optional<Node> images = checkpoint.images();
    if (images.isEmpty()) {
      return null;
    }
    for (Entry entry : images.get().list()) {
      String file = entry.name().toString();
      if (ImageKind.ofName(file) == ImageKind.CORE && entry.node().meta().isFile()) {
        String name = ofCore(ImageFile.open(file, entry.node().content(), log), log);
        if (name != null) {
          return name;
        }
      }
    }
    return null;
  }

  private static @Nullable String ofCore(ImageFile core, FindingLog log) throws IOException {
    String[] name = new String[1];
    if (core.isMisnamed()) {
      return null;
    }
    core.entries(
        entry -> {
          name[0] = ofEntry(entry, log);
          return false;
        });
    return name[0];
  }

  private static @Nullable String ofEntry(ImageEntry entry, FindingLog log) {
    try {
      return switch (CoreEntry.parseFrom(entry.message()).getMtype()) {
        case X86_64 -> "amd64";
        case ARM -> "arm";
        case AARCH64 -> "arm64";
        case PPC64 -> "ppc64le";
        case S390 -> "s390x";
        case MIPS -> "mips64le";
        case LOONGARCH64 -> "loong64";
        case RISCV64 -> "riscv64";
        case UNKNOWN -> null;
      };
    } catch (InvalidProtocolBufferException e) {
      log.add(Finding.damage(entry.origin(), 0, "an entry that is no message"));
      return null;
    }
  }
}
