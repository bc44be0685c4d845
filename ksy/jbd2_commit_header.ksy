meta:
  id: jbd2_commit_header
  title: Commit block of a jbd2 log (its first 60 bytes)
  endian: be
  license: CC0-1.0
doc-ref: Linux include/linux/jbd2.h, struct commit_header
seq:
  - id: h_magic
    contents: [0xc0, 0x3b, 0x39, 0x98]
  - id: h_blocktype
    type: u4
  - id: h_sequence
    type: u4
  - id: h_chksum_type
    type: u1
  - id: h_chksum_size
    type: u1
  - id: h_padding
    size: 2
  - id: h_chksum
    type: u4
    repeat: expr
    repeat-expr: 8
  - id: h_commit_sec
    type: u8
  - id: h_commit_nsec
    type: u4
