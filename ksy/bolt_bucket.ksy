meta:
  id: bolt_bucket
  title: Header of a nested Bolt bucket
  endian: le
doc: The first 16 bytes of the value of a leaf element that is a bucket.
doc-ref: https://github.com/etcd-io/bbolt/blob/v1.3.11/bucket.go
seq:
  - id: root
    type: u8
    doc: Page of the bucket's tree; 0 when the page itself follows (inline bucket).
  - id: sequence
    type: u8
