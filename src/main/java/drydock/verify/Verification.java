package drydock.verify;

import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.finding.Severity;
import drydock.fs.FileTree;
import drydock.fs.Hashes;
import drydock.oci.Digest;
import drydock.runtime.Blob;
import drydock.runtime.Image;
import drydock.runtime.Runtime;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * All that can be verified of one engine. Finding it is for one thread; {@link #run} is safe from
 * many.
 */
public final class Verification {
  private final Runtime runtime;
  private final FileTree node;
  private final FindingLog log;

  /**
   * @param node the node's files, where the snapshots lie
   */
  public Verification(Runtime runtime, FileTree node, FindingLog log) {
    this.runtime = runtime;
    this.node = node;
    this.log = log;
  }

  /**
   * Every blob of the store, once; that a file has no record is a note.
   *
   * @param others whether content that none of the images is made of is among it
   */
  public List<Check> blobs(List<Image> images, boolean others) throws IOException {
    Reachable reachable = new Reachable(runtime, log);
    for (Image image : images) {
      reachable.add(image);
    }
    Map<Digest, Blob> blobs = new TreeMap<>();
    for (Blob blob : runtime.content()) {
      Digest digest = blob.digest();
      if (digest == null || blob.ref() != null || !others && !reachable.has(digest)) {
        continue;
      }
      blobs.merge(digest, blob, (one, other) -> one.present() ? other : one);
      if (blob.namespace() == null) {
        String what = "no namespace has a record of content " + digest;
        log.add(Finding.note(blob.origin(), what));
      }
    }
    List<Check> checks = new ArrayList<>();
    blobs.forEach(
        (digest, blob) -> {
          List<String> names = List.copyOf(reachable.imagesOf(digest));
          checks.add(new BlobCheck(runtime, blob, digest, names));
        });
    return checks;
  }

  /** What the documents of images say of each other; several names of one are one. */
  public List<Check> documents(List<Image> images) {
    Set<Digest> seen = new HashSet<>();
    List<Check> checks = new ArrayList<>();
    for (Image image : images) {
      Digest target = image.digest();
      if (target != null && seen.add(target)) {
        checks.add(new DocumentCheck(runtime, image, target, log));
      }
    }
    return checks;
  }

  /**
   * The unpacked layers of images.
   *
   * @param others whether finished snapshots that none of the images leads to are among them
   */
  public List<Check> layers(List<Image> images, boolean others) throws IOException {
    List<Check> checks = new ArrayList<>();
    for (Layer layer : new Layers(runtime, node).of(images, others)) {
      checks.add(new LayerCheck(runtime::content, layer, log));
    }
    return checks;
  }

  /**
   * What one of them finds. That something differs is a finding, too, and so is what cannot be
   * read.
   *
   * @param meter is told of what is read; what it throws ends the work
   */
  public List<Difference> run(Check check, Hashes.Meter meter) throws InterruptedIOException {
    List<Difference> differences;
    try {
      differences = check.run(meter);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      log.add(e, check.origin());
      return List.of();
    }
    long count = differences.stream().filter(Difference::isOne).count();
    if (count > 0) {
      String what = check.what() + ": " + count + (count == 1 ? " difference" : " differences");
      log.add(new Finding(Severity.DAMAGE, what, check.origin(), null, null, null));
    }
    return differences;
  }
}
