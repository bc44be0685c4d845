/**
 * ELF core files, as the kernel writes them of a process that dies: laid out from plain values.
 *
 * <pre>
 *   ELF header | program headers | notes: PRSTATUS of the first thread, PRPSINFO, AUXV, FILE,
 *     FPREGSET, XSTATE, then PRSTATUS and FPREGSET of each other thread | memory, page by page
 * </pre>
 *
 * <p>Not written: NT_SIGINFO (the process did not die of a signal), debug registers, state of
 * extensions other than AVX, AVX-512 and protection keys.
 *
 * <p>Sources: the ELF specification; the kernel's {@code fs/binfmt_elf.c}, {@code
 * include/uapi/linux/elfcore.h} and {@code arch/x86/include/asm/user_64.h}, {@code user_32.h},
 * version 6.12.
 */
@NullMarked
package drydock.checkpoint.memory.core;

import org.jspecify.annotations.NullMarked;
