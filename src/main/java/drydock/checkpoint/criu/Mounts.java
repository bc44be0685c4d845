package drydock.checkpoint.criu;

import com.google.protobuf.ByteString;
import drydock.fs.Name;
import drydock.fs.NameText;
import drydock.proto.criu.AutofsEntry;
import drydock.proto.criu.BinfmtMiscEntry;
import drydock.proto.criu.Fstype;
import drydock.proto.criu.MntEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads mounts: {@code mountpoints-N.img}, N the number of the namespace.
 *
 * <p>Source: CRIU 4.2, criu/mount.c; of the flags the kernel's include/uapi/linux/mount.h and what
 * fs/proc_namespace.c calls them.
 */
final class Mounts {
  private static final Pattern IMAGE = Pattern.compile("mountpoints-(\\d{1,10})\\.img");
  private static final long RELATIVE_TIMES = 1 << 21;
  private static final long UNBINDABLE = 1 << 17;

  private Mounts() {}

  /** Those of all namespaces, by namespace and number. */
  static List<MountEntry> read(Images images) throws IOException {
    List<MountEntry> mounts = new ArrayList<>();
    List<Rendered> interpreters = new ArrayList<>();
    Messages.each(
        images,
        ImageKind.BINFMT_MISC.file(),
        BinfmtMiscEntry.parser(),
        (each, entry) -> interpreters.add(Rendering.of(each)));
    for (String name : images.names()) {
      Matcher matcher = IMAGE.matcher(name);
      if (matcher.matches()) {
        long namespace = Long.parseLong(matcher.group(1));
        Messages.each(
            images,
            name,
            MntEntry.parser(),
            (mount, entry) ->
                mounts.add(mount(mount, namespace, entry, own(images, mount, interpreters))));
      }
    }
    mounts.sort(Comparator.comparingLong(MountEntry::namespace).thenComparingLong(MountEntry::id));
    return List.copyOf(mounts);
  }

  /** All fields, with those that a file system has in an image of its own. */
  private static Rendered.Fields own(Images images, MntEntry mount, List<Rendered> interpreters)
      throws IOException {
    Map<String, Rendered> fields = new LinkedHashMap<>(Rendering.of(mount).fields());
    Fstype known = Fstype.forNumber(mount.getFstype());
    String device = Integer.toUnsignedString(mount.getRootDev());
    if (known == Fstype.AUTOFS) {
      AutofsEntry autofs =
          Messages.first(images, ImageKind.AUTOFS.file(device), AutofsEntry.parser());
      if (autofs != null) {
        fields.put("autofs", Rendering.of(autofs));
      }
    } else if (known == Fstype.BINFMT_MISC) {
      List<Rendered> all = new ArrayList<>(interpreters);
      Messages.each(
          images,
          ImageKind.BINFMT_MISC.file(device),
          BinfmtMiscEntry.parser(),
          (each, entry) -> all.add(Rendering.of(each)));
      fields.put("binfmt_misc", new Rendered.Many(all));
    }
    return new Rendered.Fields(fields);
  }

  private static MountEntry mount(
      MntEntry mount, long namespace, ImageEntry entry, Rendered.Fields details) {
    long flags = Integer.toUnsignedLong(mount.getFlags());
    return new MountEntry(
        Integer.toUnsignedLong(mount.getMntId()),
        Integer.toUnsignedLong(mount.getParentMntId()),
        type(mount),
        DeviceNumber.of(Integer.toUnsignedLong(mount.getRootDev()), false),
        name(mount.getRoot()),
        name(mount.getMountpoint()),
        name(mount.getSource()),
        flags(flags),
        mount.hasSbFlags() ? superFlags(Integer.toUnsignedLong(mount.getSbFlags())) : null,
        name(mount.getOptions()),
        Integer.toUnsignedLong(mount.getSharedId()),
        Integer.toUnsignedLong(mount.getMasterId()),
        (flags & UNBINDABLE) != 0,
        external(mount),
        mount.getDeleted(),
        namespace,
        details,
        entry.origin());
  }

  private static Name name(ByteString text) {
    return Name.of(text.toByteArray());
  }

  /** Before there was a name, being external was a flag. */
  private static @Nullable Name external(MntEntry mount) {
    if (mount.hasExtKey()) {
      return name(mount.getExtKey());
    }
    return mount.getExtMount() ? name(mount.getMountpoint()) : null;
  }

  private static @Nullable String type(MntEntry mount) {
    Fstype known = Fstype.forNumber(mount.getFstype());
    if (known == Fstype.UNSUPPORTED) {
      return null;
    }
    if (mount.hasFsname() || known == null) {
      return mount.hasFsname() ? NameText.of(mount.getFsname().toByteArray()) : null;
    }
    return switch (known) {
      case AUTO -> null;
      case OVERLAYFS -> "overlay";
      default -> known.name().toLowerCase(Locale.ROOT);
    };
  }

  private static List<String> flags(long flags) {
    List<String> names = new ArrayList<>();
    names.add((flags & 1) != 0 ? "ro" : "rw");
    add(names, flags, 1 << 1, "nosuid");
    add(names, flags, 1 << 2, "nodev");
    add(names, flags, 1 << 3, "noexec");
    add(names, flags, 1 << 10, "noatime");
    add(names, flags, 1 << 11, "nodiratime");
    add(names, flags, RELATIVE_TIMES, "relatime");
    add(names, flags, 1 << 8, "nosymfollow");
    return List.copyOf(names);
  }

  private static List<String> superFlags(long flags) {
    List<String> names = new ArrayList<>();
    names.add((flags & 1) != 0 ? "ro" : "rw");
    add(names, flags, 1 << 4, "sync");
    add(names, flags, 1 << 7, "dirsync");
    add(names, flags, 1 << 6, "mand");
    add(names, flags, 1 << 25, "lazytime");
    return List.copyOf(names);
  }

  private static void add(List<String> names, long flags, long bit, String name) {
    if ((flags & bit) != 0) {
      names.add(name);
    }
  }
}
