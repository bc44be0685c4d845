meta:
  id: bolt_branch_element
  title: Element header of a Bolt branch page
  endian: le
doc-ref: https://github.com/etcd-io/bbolt/blob/v1.3.11/page.go
seq:
  - id: pos
    type: u4
    doc: Where the key begins, counted from this header.
  - id: ksize
    type: u4
  - id: pgid
    type: u8
