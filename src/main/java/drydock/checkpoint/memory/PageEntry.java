package drydock.checkpoint.memory;

import org.jspecify.annotations.Nullable;

/**
 * An entry of a page map as stored: pages that follow one another, and where they are.
 *
 * @param address of the first page; in a map of shared memory the offset in it
 * @param pages how many, unsigned
 * @param state null when the entry says nothing: neither here, nor in the parent, nor left behind
 */
record PageEntry(long address, long pages, @Nullable PageState state) {}
