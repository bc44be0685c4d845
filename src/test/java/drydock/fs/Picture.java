package drydock.fs;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A node of a {@link PictureTree} as a test writes it down: {@code dir("etc", file("passwd"),
 * gone("shadow"))}. The {@code with...} methods make changed copies.
 *
 * @param sameAs the path of the node that this is another name of; null for a node of its own
 * @param broken whether reading the node fails
 */
public record Picture(
    Name name,
    NodeType type,
    int permissions,
    long uid,
    long gid,
    byte[] bytes,
    Device device,
    FileTimes times,
    SortedMap<Name, byte[]> attributes,
    List<Picture> below,
    String sameAs,
    boolean broken) {

  private static Picture of(String name, NodeType type, int permissions) {
    return new Picture(
        Name.of(name),
        type,
        permissions,
        0,
        0,
        new byte[0],
        null,
        FileTimes.NONE,
        Collections.emptySortedMap(),
        List.of(),
        null,
        false);
  }

  public static Picture dir(String name, Picture... below) {
    return of(name, NodeType.DIRECTORY, 0755).withBelow(List.of(below));
  }

  public static Picture file(String name) {
    return file(name, "");
  }

  public static Picture file(String name, String content) {
    return file(name, content.getBytes(StandardCharsets.UTF_8));
  }

  public static Picture file(String name, byte[] content) {
    return of(name, NodeType.FILE, 0644).withBytes(content);
  }

  public static Picture link(String name, String target) {
    return of(name, NodeType.SYMLINK, 0777).withBytes(target.getBytes(StandardCharsets.UTF_8));
  }

  public static Picture device(String name, long major, long minor) {
    return of(name, NodeType.CHARACTER, 0600).withDevice(new Device(major, minor));
  }

  public static Picture fifo(String name) {
    return of(name, NodeType.FIFO, 0644);
  }

  /** A whiteout as overlayfs makes it: a character device 0:0. */
  public static Picture gone(String name) {
    return of(name, NodeType.CHARACTER, 0).withDevice(Device.ZERO);
  }

  /** A second name of the node at that path. */
  public static Picture same(String name, String path) {
    Picture p = file(name);
    return p.copy(p.type, p.permissions, p.bytes, p.times, p.attributes, p.below, path, false);
  }

  /** A name whose node cannot be read. */
  public static Picture broken(String name) {
    Picture p = file(name);
    return p.copy(p.type, p.permissions, p.bytes, p.times, p.attributes, p.below, null, true);
  }

  /** A directory that hides what lower layers have in it. */
  public static Picture opaque(Picture directory) {
    return directory.with("trusted.overlay.opaque", "y");
  }

  public Picture with(String attribute, String value) {
    return with(attribute, value.getBytes(StandardCharsets.UTF_8));
  }

  public Picture withHex(String attribute, String hex) {
    return with(attribute, HexFormat.of().parseHex(hex));
  }

  public Picture with(String attribute, byte[] value) {
    SortedMap<Name, byte[]> more = new TreeMap<>(attributes);
    more.put(Name.of(attribute), value);
    return copy(type, permissions, bytes, times, more, below, sameAs, broken);
  }

  public Picture withMode(int mode) {
    return copy(type, mode, bytes, times, attributes, below, sameAs, broken);
  }

  public Picture withModified(String instant) {
    FileTimes t = new FileTimes(Instant.parse(instant), null, null, null, null);
    return copy(type, permissions, bytes, t, attributes, below, sameAs, broken);
  }

  public Picture withOwner(long user, long group) {
    return new Picture(
        name,
        type,
        permissions,
        user,
        group,
        bytes,
        device,
        times,
        attributes,
        below,
        sameAs,
        broken);
  }

  public Picture withName(byte[] other) {
    return new Picture(
        Name.of(other),
        type,
        permissions,
        uid,
        gid,
        bytes,
        device,
        times,
        attributes,
        below,
        sameAs,
        broken);
  }

  public Picture withBytes(byte[] content) {
    return copy(type, permissions, content, times, attributes, below, sameAs, broken);
  }

  private Picture withBelow(List<Picture> pictures) {
    return copy(type, permissions, bytes, times, attributes, pictures, sameAs, broken);
  }

  private Picture withDevice(Device number) {
    return new Picture(
        name, type, permissions, uid, gid, bytes, number, times, attributes, below, sameAs, broken);
  }

  private Picture copy(
      NodeType newType,
      int newPermissions,
      byte[] newBytes,
      FileTimes newTimes,
      SortedMap<Name, byte[]> newAttributes,
      List<Picture> newBelow,
      String newSameAs,
      boolean newBroken) {
    return new Picture(
        name,
        newType,
        newPermissions,
        uid,
        gid,
        newBytes,
        device,
        newTimes,
        newAttributes,
        newBelow,
        newSameAs,
        newBroken);
  }

  /** A copy of the children, each changed. */
  public Picture eachBelow(Function<Picture, Picture> change) {
    List<Picture> changed = new ArrayList<>();
    below.forEach(picture -> changed.add(change.apply(picture)));
    return withBelow(changed);
  }
}
