package drydock.checkpoint.criu;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.fs.Name;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file that was deleted while it was open: what it was, and its content.
 *
 * @param mode type and permissions
 * @param inode null in images of before 2.0
 * @param special what a device node stands for; null of others
 * @param content empty for what has none; holes read as zeros
 */
public record GhostFile(
    long id,
    long user,
    long group,
    long mode,
    @Nullable DeviceNumber device,
    @Nullable Long inode,
    @Nullable DeviceNumber special,
    @Nullable Instant accessed,
    @Nullable Instant modified,
    @Nullable Name linkTarget,
    ByteSource content,
    Origin origin) {}
