package drydock.fs.tar;

import drydock.fs.Device;
import drydock.fs.Name;
import java.time.Instant;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What an archive says of a file.
 *
 * @param path as it stands there: perhaps absolute, with {@code ./} or {@code ..} in it, with a
 *     slash at its end
 * @param permissions the lower twelve bits of the mode
 * @param size of the content that follows, in bytes
 * @param modified as precise as it stands there
 * @param target of a symlink, or the path of the file that a {@link TarKind#LINK} names
 * @param device the number of a character or block device; 0:0 for everything else
 * @param attributes extended attributes ({@code SCHILY.xattr} records)
 * @param offset of its header, in bytes from the start of the archive unpacked
 * @param contentOffset of its content as it is stored, likewise
 * @param sparse where the stored bytes belong in a sparse file; null for every other
 * @param accessed null where the archive does not say, as most do not
 * @param changed likewise
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record TarEntry(
    byte[] path,
    TarKind kind,
    int permissions,
    long uid,
    long gid,
    long size,
    Instant modified,
    byte[] target,
    Device device,
    SortedMap<Name, byte[]> attributes,
    long offset,
    long contentOffset,
    @Nullable SparseMap sparse,
    @Nullable Instant accessed,
    @Nullable Instant changed) {}
