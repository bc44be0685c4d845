package drydock.checkpoint.criu;

import drydock.bytes.Origin;
import org.jspecify.annotations.Nullable;

/**
 * A number by which a process knows an open file.
 *
 * @param file CRIU's number of the open file
 * @param closesOnExec whether a program that it starts does not get it
 * @param selinux the label of the file; null where there is none
 */
public record Descriptor(
    long fd,
    long file,
    FileKind kind,
    boolean closesOnExec,
    @Nullable String selinux,
    Origin origin) {}
