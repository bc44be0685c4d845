package drydock.checkpoint.kernel;

import drydock.checkpoint.criu.ImageEntry;
import drydock.checkpoint.criu.ImageKind;
import drydock.checkpoint.criu.Images;
import drydock.checkpoint.criu.Messages;
import drydock.finding.Finding;
import drydock.proto.criu.SeccompEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The filters of system calls of a dump. Immutable. */
public final class SeccompFilters {
  /** The kernel keeps all filters of a thread below 32,768 instructions. */
  private static final int MAX_PROGRAM = 1 << 18;

  private final List<SeccompFilter> all;

  private SeccompFilters(List<SeccompFilter> all) {
    this.all = all;
  }

  /** Reads {@code seccomp.img}; what is damaged is a finding in the images' log. */
  public static SeccompFilters read(Images images) throws IOException {
    List<SeccompFilter> filters = new ArrayList<>();
    Messages.each(
        images,
        ImageKind.SECCOMP.file(),
        SeccompEntry.parser(),
        (message, entry) ->
            message
                .getSeccompFiltersList()
                .forEach(each -> filters.add(filter(filters.size(), each, entry, images))));
    return new SeccompFilters(List.copyOf(filters));
  }

  private static SeccompFilter filter(
      int number, drydock.proto.criu.SeccompFilter filter, ImageEntry entry, Images images) {
    byte[] program = filter.getFilter().toByteArray();
    if (program.length > MAX_PROGRAM || program.length % 8 != 0) {
      String what = "filter " + number + " of " + program.length + " bytes, which none can have";
      images.log().add(Finding.damage(entry.origin(), entry.offset(), what));
    }
    return new SeccompFilter(
        number,
        filter.hasPrev() ? Integer.toUnsignedLong(filter.getPrev()) : null,
        Integer.toUnsignedLong(filter.getFlags()),
        program.length > MAX_PROGRAM ? new byte[0] : program,
        entry.origin());
  }

  public List<SeccompFilter> all() {
    return all;
  }

  /** Those that a thread has, the last one first: from one to the one before it. */
  public List<SeccompFilter> from(long number) {
    List<SeccompFilter> chain = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    Long at = number;
    while (at != null && at < all.size() && seen.add(at)) {
      SeccompFilter filter = all.get(at.intValue());
      chain.add(filter);
      at = filter.previous();
    }
    return chain;
  }
}
