/**
 * What happened when: the files of trees, with their times, for the programs that sort and search
 * them; and events, of files and of what engines and the kubelet wrote down, sorted here.
 *
 * <pre>
 *   FileTree ── TimedFiles ──► TimedFile, in the order of the walk ── BodyFileWriter ──► lines
 *                 ├── the living      TreeWalk                          on all cores, in order
 *                 ├── deleted names   behind the row of their directory
 *                 └── deleted inodes  that no name leads to, at the end
 *
 *   TimedFile ────── FileEvents ─┐
 *   Runtime ──── RuntimeEvents ──┼─► Event ── its text ──► EventSort ──► lines, by time
 *   Kubelet ──── KubeletEvents ──┤                           └── temporary files, merged
 *   logs ─────── LogEvents ──────┘
 * </pre>
 */
@NullMarked
package drydock.timeline;

import org.jspecify.annotations.NullMarked;
