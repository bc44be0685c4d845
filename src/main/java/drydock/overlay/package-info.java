/** Several trees as one, as the kernel's overlayfs shows them. */
@NullMarked
package drydock.overlay;

import org.jspecify.annotations.NullMarked;
