/**
 * The memory of frozen processes: which areas a process has, and for each page where its bytes are.
 *
 * <pre>
 *   mm-PID.img            areas ── status tells what each is ──┐
 *   pagemap-PID.img       head: pages_id; entries: address, count, flags
 *        │ present           │ in parent             │ lazy    │ shared memory, memfd, System V
 *        ▼                   ▼                       ▼         ▼
 *   pages-ID.img          ../parent: pagemap-PID    nowhere   pagemap-shmem-ID.img, pages-ID.img
 * </pre>
 *
 * <p>A pages image is the pages of its map one behind the other, or LZ4 blocks of them where the
 * map's entries have sizes of blocks. What has no entry was never touched or all zeros, and of a
 * mapped file it is the file's. Not read: hints for userfaultfd, {@code mm}'s asynchronous rings.
 *
 * <p>Sources: CRIU 4.2 and its development branch of 2026: {@code images/*.proto}, {@code
 * criu/pagemap.c}, {@code criu/include/image.h}, {@code criu/compression.c}; for version 0.4 and
 * before commit 421d46f of 2013.
 */
@NullMarked
package drydock.checkpoint.memory;

import org.jspecify.annotations.NullMarked;
