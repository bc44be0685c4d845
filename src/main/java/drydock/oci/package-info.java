/**
 * Values and documents of the Open Container Initiative: digests, references, manifests, configs,
 * runtime specs.
 */
@NullMarked
package drydock.oci;

import org.jspecify.annotations.NullMarked;
