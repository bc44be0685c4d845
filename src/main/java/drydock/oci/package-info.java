/**
 * Values and documents of the Open Container Initiative: digests, references, manifests, configs,
 * runtime specs.
 *
 * <pre>
 *   reference  docker.io/library/nginx:1.25
 *        │ names
 *        ▼
 *   index ──► manifest ──► config   env, command, diff ids ──► chain ids = keys of snapshots
 *                     └──► layers   archives, bottom first
 *   runtime spec   what one container was started with
 * </pre>
 *
 * <p>A document is decoded from bytes, keeps them, and is a plain value after that. What is not
 * JSON, or not an object, is a {@link drydock.bytes.CorruptDataException}; a field that is missing
 * is null or empty; one of the wrong kind is too, and is told by {@code faults()}. Knowledge: OCI
 * image-spec 1.1 (config.md, descriptor.md, image-index.md, manifest.md), runtime-spec 1.3
 * (config.md, config-linux.md), Docker's image manifest version 2 schema 2, distribution/reference
 * 0.6.
 */
@NullMarked
package drydock.oci;

import org.jspecify.annotations.NullMarked;
