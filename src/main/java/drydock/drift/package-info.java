/**
 * What a running container changed in the files that it began with.
 *
 * <pre>
 *   Runtime.rootFs ──┐                        on one thread            on all, in order
 *                    ├── Sides, a tree of pairs ── TreeWalk ──► Sides ── Changes ──► Change
 *   Runtime.baseFs ──┘      upper | lower                                 ├── Comparison  fields
 *                                                                        ├── MountPoints by_runtime
 *                                                                        └── Rules       marks
 * </pre>
 *
 * <p>Of an overlay only the directories of the upper layer are listed, and what is in them is
 * looked up in the lower ones; lower directories are listed where the upper layer deleted, replaced
 * or renamed them. Where every snapshot is a whole tree, both trees are walked side by side.
 */
@NullMarked
package drydock.drift;

import org.jspecify.annotations.NullMarked;
