/**
 * BoltDB, read-only: buckets and cursors over a file of pages.
 *
 * <pre>
 *   page 0      page 1      page 2 ...                         (all of one size; the meta says which)
 *  +--------+  +--------+  +--------------------------------+
 *  | header |  | header |  | header: id type count overflow |   a page may go on in the next
 *  | meta   |  | meta   |  | element 0 | element 1 | ...    |   {@code overflow} pages
 *  +--------+  +--------+  | key value   key value ...      |
 *                          +--------------------------------+
 *  meta   root page, free list page, first page never used, transaction, FNV-64a
 *         the sound one with the higher transaction is the database
 *  branch element = key and child page          leaf element = key and value
 *  a value that is a bucket = root page + sequence, or (root 0) the page itself, inline
 * </pre>
 *
 * <p>Knowledge: go.etcd.io/bbolt 1.3.11 (page.go, db.go, bucket.go, node.go, freelist.go,
 * tx_check.go). Read is the format version 2 in little-endian order, as amd64 and arm64 write it.
 * Not read: files of big-endian hosts (they are told apart), and what lies in pages that no bucket
 * refers to, which {@link drydock.bolt.PageMap} lists.
 */
@NullMarked
package drydock.bolt;

import org.jspecify.annotations.NullMarked;
