meta:
  id: bolt_page
  title: Header of a Bolt page
  endian: le
doc: The 16 bytes that every page begins with; an inline bucket has them too. Written in the byte order of the host.
doc-ref: https://github.com/etcd-io/bbolt/blob/v1.3.11/page.go
seq:
  - id: id
    type: u8
    doc: The page's own number; 0 in an inline bucket.
  - id: flags
    type: u2
    doc: 1 branch, 2 leaf, 4 meta, 16 free list.
  - id: count
    type: u2
    doc: Elements of the page; 65535 in a free list whose true count follows.
  - id: overflow
    type: u4
    doc: How many further pages belong to this one.
