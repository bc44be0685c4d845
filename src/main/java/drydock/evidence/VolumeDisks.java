package drydock.evidence;

import drydock.fs.FileSystemInfo;
import drydock.kubernetes.Volume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds which of the added disks holds which volume. What tells, the surest first:
 *
 * <ol>
 *   <li>the file system's UUID or label is the volume's handle or name;
 *   <li>its superblock says that it was last mounted where the node had the volume;
 *   <li>the evidence file is called like the volume: a guess, as all that follows;
 *   <li>its superblock says that it was last mounted where one container has the volume: ext4
 *       writes down the path as the process saw it that first opened a file there;
 *   <li>no other disk and no other volume are left.
 * </ol>
 */
final class VolumeDisks {
  /** A volume, however many pods have it. */
  static final class Store {
    final List<Volume> volumes = new ArrayList<>();
    final Set<String> destinations = new TreeSet<>();
    private @Nullable OpenedPartition disk;
    private String why = "";
    private boolean guess;

    /** The disk that holds it; null when none is known to. */
    @Nullable OpenedPartition disk() {
      return disk;
    }

    /** What told. */
    String why() {
      return why;
    }

    boolean guess() {
      return guess;
    }

    /** By what its disk may be called. */
    private Stream<String> names() {
      return volumes.stream()
          .flatMap(v -> Stream.of(v.name(), v.handle(), lastName(v.handle())))
          .filter(Objects::nonNull);
    }

    private Stream<String> paths() {
      return volumes.stream()
          .flatMap(v -> Stream.of(v.path(), v.globalPath()))
          .filter(Objects::nonNull);
    }

    private static @Nullable String lastName(@Nullable String handle) {
      return handle == null ? null : handle.substring(handle.lastIndexOf('/') + 1);
    }
  }

  /** A file system that may be a volume, and the name of its evidence file. */
  record Candidate(String file, OpenedPartition partition, FileSystemInfo info) {}

  /** One kind of evidence: says why a disk holds a volume; null where it does not tell. */
  @FunctionalInterface
  private interface Clue {
    @Nullable String why(Store store, Candidate candidate);
  }

  private static final List<Clue> SURE =
      List.of(VolumeDisks::identifier, VolumeDisks::mountedOnNode);
  private static final List<Clue> GUESSED =
      List.of(VolumeDisks::fileName, VolumeDisks::mountedInContainer);

  private final List<Candidate> left;

  VolumeDisks(List<Candidate> candidates) {
    this.left = new ArrayList<>(candidates);
  }

  /** Those file systems of disks that are nothing else to the node. */
  static VolumeDisks of(List<OpenedDisk> disks, Evidence evidence) throws IOException {
    List<Candidate> candidates = new ArrayList<>();
    for (OpenedDisk disk : disks) {
      for (OpenedPartition each : disk.partitions()) {
        FileSystemInfo info = each.fileSystem().orElse(null);
        if (info != null && each.whyNot().isEmpty() && evidence.role(each).isEmpty()) {
          Path name = disk.path().getFileName();
          candidates.add(new Candidate(name == null ? "" : name.toString(), each, info));
        }
      }
    }
    return new VolumeDisks(candidates);
  }

  /** Gives the stores their disks. */
  void assign(List<Store> stores) {
    List<Store> open = new ArrayList<>(stores);
    SURE.forEach(clue -> apply(clue, false, open));
    GUESSED.forEach(clue -> apply(clue, true, open));
    if (left.size() == 1 && open.size() == 1) {
      apply((store, candidate) -> "no other disk and no other volume are left", true, open);
    }
  }

  private void apply(Clue clue, boolean guess, List<Store> open) {
    for (Candidate candidate : List.copyOf(left)) {
      Map<Store, String> fits = new LinkedHashMap<>();
      for (Store store : open) {
        String why = clue.why(store, candidate);
        if (why != null) {
          fits.put(store, why);
        }
      }
      if (fits.size() == 1) {
        fits.forEach(
            (store, why) -> {
              store.disk = candidate.partition;
              store.why = why;
              store.guess = guess;
              open.remove(store);
              left.remove(candidate);
            });
      }
    }
  }

  private static @Nullable String identifier(Store store, Candidate candidate) {
    String uuid = candidate.info.uuid();
    String label = candidate.info.label();
    if (uuid != null && store.names().anyMatch(uuid::equalsIgnoreCase)) {
      return "its file system's UUID is the volume's name";
    }
    boolean labelled = label != null && !label.isEmpty() && store.names().anyMatch(label::equals);
    return labelled ? "its file system's label is the volume's name" : null;
  }

  private static @Nullable String mountedOnNode(Store store, Candidate candidate) {
    String last = candidate.info.lastMounted();
    boolean fits = last != null && store.paths().anyMatch(last::equals);
    return fits ? "its superblock says that it was mounted at " + last : null;
  }

  private static @Nullable String fileName(Store store, Candidate candidate) {
    String text = candidate.file;
    int dot = text.lastIndexOf('.');
    String stem = dot <= 0 ? text : text.substring(0, dot);
    return store.names().anyMatch(stem::equals) ? "its file is called like the volume" : null;
  }

  private static @Nullable String mountedInContainer(Store store, Candidate candidate) {
    String last = candidate.info.lastMounted();
    boolean fits = last != null && store.destinations.contains(last);
    return fits
        ? "its superblock says that it was mounted at " + last + ", where a container has it"
        : null;
  }
}
