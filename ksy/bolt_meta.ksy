meta:
  id: bolt_meta
  title: Meta record of a Bolt database
  endian: le
doc: What follows the page header of pages 0 and 1.
doc-ref: https://github.com/etcd-io/bbolt/blob/v1.3.11/db.go
seq:
  - id: magic
    type: u4
    doc: 0xED0CDAED
  - id: version
    type: u4
  - id: page_size
    type: u4
  - id: flags
    type: u4
  - id: root
    type: u8
    doc: Page of the root bucket.
  - id: sequence
    type: u8
  - id: freelist
    type: u8
    doc: Page of the free list; all ones when none is kept.
  - id: pgid
    type: u8
    doc: The first page number that was never used.
  - id: txid
    type: u8
  - id: checksum
    type: u8
    doc: FNV-64a of the fields above.
