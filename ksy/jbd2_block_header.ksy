meta:
  id: jbd2_block_header
  title: Head of a control block in a jbd2 log (12 bytes)
  endian: be
  license: CC0-1.0
doc-ref: Linux include/linux/jbd2.h, struct journal_header_s
seq:
  - id: h_magic
    contents: [0xc0, 0x3b, 0x39, 0x98]
  - id: h_blocktype
    type: u4
    enum: block_type
  - id: h_sequence
    type: u4
enums:
  block_type:
    1: descriptor
    2: commit
    3: superblock_v1
    4: superblock_v2
    5: revoke
