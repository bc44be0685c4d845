package drydock.checkpoint.kernel;

import com.google.protobuf.ByteString;
import drydock.checkpoint.criu.ImageKind;
import drydock.checkpoint.criu.Images;
import drydock.checkpoint.criu.Messages;
import drydock.fs.Name;
import drydock.fs.NameText;
import drydock.proto.criu.CgControllerEntry;
import drydock.proto.criu.CgroupDirEntry;
import drydock.proto.criu.CgroupEntry;
import drydock.proto.criu.CgroupPropEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the control groups that were the container's own. */
public final class CgroupDirectories {
  /** The kernel has no limit; engines make two or three. */
  private static final int MAX_DEPTH = 64;

  private final List<CgroupDirectory> all = new ArrayList<>();

  private CgroupDirectories() {}

  /** All, parents before what is below them; damage is a finding in the images' log. */
  public static List<CgroupDirectory> read(Images images) throws IOException {
    CgroupDirectories reader = new CgroupDirectories();
    CgroupEntry groups = Messages.first(images, ImageKind.CGROUP.file(), CgroupEntry.parser());
    if (groups != null) {
      for (CgControllerEntry each : groups.getControllersList()) {
        List<String> names =
            each.getCnamesList().stream().map(name -> NameText.of(name.toByteArray())).toList();
        each.getDirsList().forEach(directory -> reader.add(names, ByteString.EMPTY, directory, 0));
      }
    }
    return reader.all;
  }

  private void add(List<String> names, ByteString above, CgroupDirEntry directory, int depth) {
    ByteString name = directory.getDirName();
    ByteString path =
        above.isEmpty() ? name : above.concat(ByteString.copyFromUtf8("/")).concat(name);
    boolean isKnown = directory.hasDirPerms();
    List<CgroupDirectory.Property> properties = new ArrayList<>();
    for (CgroupPropEntry each : directory.getPropertiesList()) {
      properties.add(new CgroupDirectory.Property(name(each.getName()), name(each.getValue())));
    }
    all.add(
        new CgroupDirectory(
            names,
            name(path),
            isKnown ? Integer.toUnsignedLong(directory.getDirPerms().getMode()) : null,
            isKnown ? Integer.toUnsignedLong(directory.getDirPerms().getUid()) : null,
            isKnown ? Integer.toUnsignedLong(directory.getDirPerms().getGid()) : null,
            List.copyOf(properties)));
    if (depth < MAX_DEPTH) {
      directory.getChildrenList().forEach(each -> add(names, path, each, depth + 1));
    }
  }

  private static Name name(ByteString text) {
    return Name.of(text.toByteArray());
  }
}
