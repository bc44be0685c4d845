package drydock.disk;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.bytes.UnsupportedFormatException;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds and opens the file that a qcow2 file lies on. A relative name is looked up beside the file
 * that names it; an absolute one, which is of the machine it came from, as it is and then beside
 * it.
 */
record Qcow2Backing(Qcow2Format format, Path image, Origin origin, Set<Path> above) {
  private static final int MAX_CHAIN = 64;
  private static final Pattern PROTOCOL = Pattern.compile("[A-Za-z0-9+.-]+:.*", Pattern.DOTALL);
  private static final String FILE_PROTOCOL = "file:";

  OpenDisk open(Qcow2Image header, FindingLog log) throws IOException {
    String name = header.backingName();
    Path file = find(name, log);
    Set<Path> chain = new HashSet<>(above);
    chain.add(image.toRealPath());
    if (chain.contains(file.toRealPath())) {
      throw new CorruptDataException(
          origin, header.header().backingNameOffset(), "backing files in a circle", name, null);
    }
    if (chain.size() > MAX_CHAIN) {
      throw new CorruptDataException(
          origin, 8, "too many backing files", chain.size() + "", "at most " + MAX_CHAIN);
    }
    EvidenceFile.disk(file);
    Origin below = origin.child("backing file " + name);
    if (isQcow2(header, file)) {
      return format.open(file, below, chain, log);
    }
    FileSource raw = FileSource.open(file, below);
    return new OpenDisk(RawFormat.NAME, raw, Map.of(), List.of(raw));
  }

  private boolean isQcow2(Qcow2Image header, Path file) throws IOException {
    for (Qcow2Extension each : header.extensions()) {
      if (each.type() == Qcow2Extension.BACKING_FORMAT) {
        return switch (each.text()) {
          case "qcow2" -> true;
          case "raw", "file", "host_device" -> false;
          default ->
              throw new UnsupportedFormatException(
                  origin,
                  "its backing file has the format \"" + each.text() + "\", expected qcow2 or raw");
        };
      }
    }
    return format.recognises(file);
  }

  private Path find(String name, FindingLog log) throws IOException {
    String plain = name.startsWith(FILE_PROTOCOL) ? name.substring(FILE_PROTOCOL.length()) : name;
    if (PROTOCOL.matcher(plain).matches()) {
      throw new UnsupportedFormatException(
          origin,
          "its backing file \"" + name + "\" is no plain file name; convert it to one file first");
    }
    Path path = path(plain);
    Path found = image.resolveSibling(path);
    if (Files.exists(found)) {
      return found;
    }
    Path last = path.getFileName();
    if (path.isAbsolute() && last != null && Files.exists(image.resolveSibling(last))) {
      log.add(
          Finding.note(
              origin,
              "backing file \""
                  + name
                  + "\" is not there, the file of that name beside this one was taken"));
      return image.resolveSibling(last);
    }
    throw new NoSuchFileException(
        found.toString(), null, "the backing file of " + origin + " is not there");
  }

  private Path path(String name) throws IOException {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new CorruptDataException(origin, 8, "the backing file's name is none", name, null);
    }
  }
}
