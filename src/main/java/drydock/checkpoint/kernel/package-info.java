/**
 * What the kernel kept for a frozen container besides processes and files: objects of System V,
 * namespaces and their settings, control groups, filters of system calls.
 *
 * <pre>
 * ipcns-shm-N, ipcns-sem-N, ipcns-msg-N, ipcns-var-N   segments, semaphores, queues; their limits
 * userns-N, utsns-N, timens-N, pidns-N, netns-N        namespaces by CRIU's numbers
 * cgroup.img                                           control groups and what was set of them
 * seccomp.img                                          programs, each with the number of the one before
 * </pre>
 *
 * <p>Source: CRIU 4.2, criu/ipc_ns.c, criu/namespaces.c, criu/timens.c, criu/cgroup.c,
 * criu/seccomp.c; the kernel's include/uapi/linux/filter.h, bpf_common.h, seccomp.h, audit.h.
 */
@NullMarked
package drydock.checkpoint.kernel;

import org.jspecify.annotations.NullMarked;
