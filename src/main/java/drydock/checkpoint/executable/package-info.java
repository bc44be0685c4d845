/**
 * The executables of frozen processes, put together again.
 *
 * <pre>
 *   mm-PID.img: exe_file_id ──► files.img: path, size ──► ghost-file-N.img  (deleted)
 *                                                    └──► rootfs-diff.tar, devshm-checkpoint.tar
 *   memory:  PT_LOAD of the ELF headers, or areas that map the file where the headers are lost
 *
 *   carved   | PT_LOAD | ...  | PT_LOAD  | section headers |     offsets of the file
 *              page dumped: as in memory;  else: the file's byte;  else: zeros, and a gap
 * </pre>
 *
 * <p>What a program wrote to its data is in what is carved: as it ran, not as it was started. The
 * file as it was is another thing, and only there where the archive has it whole.
 *
 * <p>Not read: tables of program headers with more than 65,534 entries, files of a tmpfs other than
 * {@code /dev/shm}.
 *
 * <p>Sources: the ELF specification (gABI 4.1, chapters 4 and 5); the kernel's {@code
 * fs/binfmt_elf.c}, version 6.12, for which addresses a segment gets and what {@code mm} has of it.
 */
@NullMarked
package drydock.checkpoint.executable;

import org.jspecify.annotations.NullMarked;
