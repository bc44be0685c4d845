package drydock.export;

import drydock.bytes.Extent;
import drydock.bytes.Origin;
import drydock.fs.FileMeta;
import drydock.fs.Node;
import drydock.fs.TreePath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a node of the tree that was taken out.
 *
 * @param file as it was handed to the target, under the name that it has there
 * @param path where it is in the tree; other than {@code file.path()} only where no target could
 *     have such a name
 * @param meta as the tree has it
 * @param sha256 of the whole content, holes and what could not be read as zeros; null of what has
 *     none, of further names of a file, and where it was not asked for
 * @param contentOrigin what holds the content; null where there is none
 * @param pieces where the data lie; of a further name of a file nothing
 * @param piecesLeftOut how many more there are
 * @param unread what of the content could not be read and is zeros in the target
 * @param written whether the target has it at all
 * @param notKept what of it the target does not have, in a few words each
 */
public record Exported(
    ExportedFile file,
    TreePath path,
    Node node,
    FileMeta meta,
    @Nullable String sha256,
    @Nullable Origin contentOrigin,
    List<Piece> pieces,
    long piecesLeftOut,
    List<TreeSink.Data> unread,
    boolean written,
    List<String> notKept) {

  /** Bytes of a file from a position on, and where they lie. */
  public record Piece(long position, Extent place) {}
}
