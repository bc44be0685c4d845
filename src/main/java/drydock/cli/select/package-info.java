/**
 * What an analyst types to name a container, an image or a file, and what it means.
 *
 * <pre>
 *   CONTAINER = [RUNTIME-NAMESPACE:] ( full id | id prefix, 4 or more | [[NAMESPACE/]POD/]NAME )
 *   PATH      = /path on the node | CONTAINER:/path
 *   IMAGE     = reference | digest | digest prefix, 4 or more digits
 * </pre>
 */
@NullMarked
package drydock.cli.select;

import org.jspecify.annotations.NullMarked;
