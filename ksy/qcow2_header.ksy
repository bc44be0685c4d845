meta:
  id: qcow2_header
  title: QCOW2 header, version 2 and the part that version 3 adds
  endian: be
doc-ref: https://gitlab.com/qemu-project/qemu/-/blob/master/docs/interop/qcow2.rst
seq:
  - id: magic
    contents: [0x51, 0x46, 0x49, 0xfb]
  - id: version
    type: u4
  - id: backing_file_offset
    type: u8
  - id: backing_file_size
    type: u4
  - id: cluster_bits
    type: u4
  - id: size
    type: u8
  - id: crypt_method
    type: u4
  - id: l1_size
    type: u4
  - id: l1_table_offset
    type: u8
  - id: refcount_table_offset
    type: u8
  - id: refcount_table_clusters
    type: u4
  - id: nb_snapshots
    type: u4
  - id: snapshots_offset
    type: u8
  - id: version_3
    type: additional
    if: version >= 3
types:
  additional:
    seq:
      - id: incompatible_features
        type: u8
      - id: compatible_features
        type: u8
      - id: autoclear_features
        type: u8
      - id: refcount_order
        type: u4
      - id: header_length
        type: u4
      - id: compression_type
        type: u1
        if: header_length > 104
