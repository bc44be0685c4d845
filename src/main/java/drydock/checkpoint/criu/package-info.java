/**
 * The images of CRIU: what was frozen of processes, one file a kind.
 *
 * <pre>
 * image   := [0x54564319 | 0x55105940] magic entry*
 * entry   := length (32 bits) message [raw bytes, by kind and message]
 *
 * pstree.img           who is whose child          core-TID.img   state, registers, credentials
 * files.img            every open file, once       fdinfo-N.img   descriptors: number → file
 * mm-PID.img           areas of memory             pagemap-PID.img → pages-N.img
 * fs-PID.img           working directory and root  mountpoints-N.img, cgroup.img, *ns-N.img
 * ghost-file-N.img     deleted and open            remap-fpath.img  which files those are
 * pipes-data, fifo-data, sk-queues, tcp-stream-N   bytes that nobody has read yet
 * </pre>
 *
 * <p>All numbers are little-endian. The inventory has no first magic number, images before 1.1 have
 * none either. A page map begins with a head, a ghost file with what the file was; every other
 * image has entries of one type. Pages, archives of a tmpfs and what network tools wrote are files
 * without magic number or entries.
 *
 * <p>Not read: what plugins write (amdgpu-*.img ...), and images of devices that only they know.
 *
 * <p>Source: CRIU 4.2, criu/include/magic.h, criu/image-desc.c, images/*.proto.
 */
@NullMarked
package drydock.checkpoint.criu;

import org.jspecify.annotations.NullMarked;
