meta:
  id: bolt_leaf_element
  title: Element header of a Bolt leaf page
  endian: le
doc-ref: https://github.com/etcd-io/bbolt/blob/v1.3.11/page.go
seq:
  - id: flags
    type: u4
    doc: 1 when the value is a bucket.
  - id: pos
    type: u4
    doc: Where the key begins, counted from this header; the value follows the key.
  - id: ksize
    type: u4
  - id: vsize
    type: u4
