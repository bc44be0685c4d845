package drydock.checkpoint.kernel;

import drydock.checkpoint.criu.ImageKind;
import drydock.checkpoint.criu.Images;
import drydock.checkpoint.criu.Messages;
import drydock.proto.criu.UidGidExtent;
import drydock.proto.criu.UsernsEntry;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The ids of user namespaces, by CRIU's numbers of these. */
public record UserMaps(Map<Long, IdMap> users, Map<Long, IdMap> groups) {
  /** Reads {@code userns-N.img}; what is damaged is a finding in the images' log. */
  public static UserMaps read(Images images) throws IOException {
    Map<Long, IdMap> users = new HashMap<>();
    Map<Long, IdMap> groups = new HashMap<>();
    for (long each : images.numbers("userns-", 10)) {
      UsernsEntry entry = Messages.first(images, ImageKind.USERNS.file(each), UsernsEntry.parser());
      if (entry != null) {
        users.put(each, map(entry.getUidMapList()));
        groups.put(each, map(entry.getGidMapList()));
      }
    }
    return new UserMaps(users, groups);
  }

  private static IdMap map(List<UidGidExtent> extents) {
    return new IdMap(
        extents.stream()
            .map(
                each ->
                    new IdMap.Range(
                        Integer.toUnsignedLong(each.getFirst()),
                        Integer.toUnsignedLong(each.getLowerFirst()),
                        Integer.toUnsignedLong(each.getCount())))
            .toList());
  }
}
