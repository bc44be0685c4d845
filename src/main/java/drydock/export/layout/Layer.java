package drydock.export.layout;

/**
 * A layer that is whole.
 *
 * @param blob as it is stored
 * @param diffId the SHA-256 of the archive before it was compressed
 */
public record Layer(Blob blob, String diffId) {}
