/**
 * What an investigator looks at first in a frozen container: rules over its processes, their
 * memory, files, sockets and rights, each a reason to look and no verdict.
 *
 * <pre>
 *   Triage ── SceneReader ──▶ Scene     what is known of the container as a whole
 *          ── SubjectReader ▶ Subject   one process at a time, with its memory
 *                               │
 *                     Rules ────┘──▶ Clue, Clue, ...
 * </pre>
 *
 * <p>Rules are pure: they look at a {@link drydock.checkpoint.triage.Scene} and a {@link
 * drydock.checkpoint.triage.Subject}, which are plain records, and read nothing themselves. The
 * table of them for people is {@code docs/triage.md}.
 *
 * <p>Not told: who was traced by ptrace. CRIU refuses to dump a process that another one traces, so
 * no dump has one; what is told is who may trace, and who has the memory of another one open.
 *
 * <p>Sources: CRIU 4.2, criu/seize.c, compel/src/lib/infect.c; the capabilities that engines give
 * by default: github.com/moby/moby oci/caps/defaults.go, github.com/containerd/containerd
 * pkg/oci/spec.go; addresses: RFC 1918, 3927, 4193, 4291, 6598.
 */
@NullMarked
package drydock.checkpoint.triage;

import org.jspecify.annotations.NullMarked;
