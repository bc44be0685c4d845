/**
 * What is different between two checkpoints of a container.
 *
 * <pre>
 *   Side (before) ──┐   facts of each thing by what it is known by:
 *                   ├── process: pid and run · descriptor: process, number · socket: inode
 *   Side (after) ───┘   area: process, start · mount: place · file: path · spec: name in a document
 *                        │
 *                   Difference: kind, added | removed | changed, what differs before and after
 * </pre>
 *
 * <p>The images of CRIU have no times at which processes started. A process is the same when its
 * number, the top of its stack and its auxiliary vector are: the kernel draws those anew for each
 * program that begins. So a number that was used again, and a process that became another program,
 * are both told as one that went and one that came.
 *
 * <p>Not compared: remaining times of timers, numbers that CRIU gives, times of access.
 */
@NullMarked
package drydock.checkpoint.diff;

import org.jspecify.annotations.NullMarked;
