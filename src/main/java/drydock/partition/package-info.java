/**
 * A disk's partitions: GPT, MBR, or the whole disk as one.
 *
 * <pre>
 *   GPT  sector 0: protective MBR │ 1: header │ 2..: entries │ partitions ... │ entries │ last: header
 *   MBR  sector 0: four entries ──► partitions 1 to 4
 *                       └─ extended: a chain of boot records, one for each logical partition, from 5 on
 * </pre>
 *
 * Knowledge: UEFI Specification 2.10 chapter 5; the kernel's {@code block/partitions/efi.c} and
 * {@code msdos.c} for what Linux makes of a table and how it numbers. Not read: boot code, BSD and
 * other labels inside partitions, logical volumes.
 */
@NullMarked
package drydock.partition;

import org.jspecify.annotations.NullMarked;
