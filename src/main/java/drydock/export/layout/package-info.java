/**
 * Layouts of images (OCI image-spec 1.1, image-layout.md) as directories or archives.
 *
 * <pre>
 *   oci-layout            that it is one
 *   index.json            what is in it
 *   blobs/sha256/HEX      layers and documents, each under its digest
 * </pre>
 *
 * <p>What stands in the documents is up to who makes them. The layer is written first, into the
 * layout itself, and gets its name when its digest is known: nothing is held in memory. An archive
 * is made of a layout that lies beside it until the archive is whole.
 */
@NullMarked
package drydock.export.layout;

import org.jspecify.annotations.NullMarked;
