/**
 * Finding patterns in bytes: texts in several encodings, bytes with wildcards, and expressions, all
 * in one pass. Knows nothing of where the bytes are from.
 */
@NullMarked
package drydock.checkpoint.memory.search;

import org.jspecify.annotations.NullMarked;
