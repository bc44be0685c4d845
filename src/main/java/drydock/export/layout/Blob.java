package drydock.export.layout;

/**
 * What a layout has under its digest.
 *
 * @param sha256 in hexadecimal digits
 * @param size in bytes
 */
public record Blob(String sha256, long size) {}
