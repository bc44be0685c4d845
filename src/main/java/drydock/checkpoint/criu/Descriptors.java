package drydock.checkpoint.criu;

import drydock.fs.NameText;
import drydock.proto.criu.FdinfoEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads tables of descriptors: {@code fdinfo-N.img}. */
final class Descriptors {
  private static final int CLOSE_ON_EXEC = 1;

  private Descriptors() {}

  /** Those of one table, by their numbers. */
  static List<Descriptor> read(Images images, long table) throws IOException {
    List<Descriptor> all = new ArrayList<>();
    String name = ImageKind.FDINFO.file(table);
    images.isThere(name);
    Messages.each(
        images,
        name,
        FdinfoEntry.parser(),
        (each, entry) ->
            all.add(
                new Descriptor(
                    Integer.toUnsignedLong(each.getFd()),
                    Integer.toUnsignedLong(each.getId()),
                    FileKind.of(each.getType()),
                    (each.getFlags() & CLOSE_ON_EXEC) != 0,
                    each.hasXattrSecuritySelinux()
                        ? NameText.of(each.getXattrSecuritySelinux().toByteArray())
                        : null,
                    entry.origin())));
    all.sort(Comparator.comparingLong(Descriptor::fd));
    return List.copyOf(all);
  }
}
