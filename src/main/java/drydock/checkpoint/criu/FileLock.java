package drydock.checkpoint.criu;

import drydock.bytes.Origin;

/**
 * A lock on a file, by who holds it.
 *
 * @param kind {@code posix} (fcntl), {@code flock}, {@code ofd}
 * @param type {@code read}, {@code write}
 * @param start of the bytes that it is on
 * @param length of them; 0 is up to the end of the file, however it grows
 */
public record FileLock(
    long pid, long fd, String kind, String type, long start, long length, Origin origin) {}
