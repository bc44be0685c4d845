meta:
  id: jbd2_superblock
  title: Superblock of a jbd2 journal (the journal's first block, 1024 bytes of it)
  endian: be
  license: CC0-1.0
doc-ref: Linux include/linux/jbd2.h, struct journal_superblock_s
seq:
  - id: h_magic
    contents: [0xc0, 0x3b, 0x39, 0x98]
  - id: h_blocktype
    type: u4
    doc: 3 for version 1 (no features), 4 for version 2
  - id: h_sequence
    type: u4
  - id: s_blocksize
    type: u4
  - id: s_maxlen
    type: u4
    doc: blocks in the journal
  - id: s_first
    type: u4
    doc: first block of the log
  - id: s_sequence
    type: u4
    doc: first transaction expected in the log
  - id: s_start
    type: u4
    doc: block where the log starts; 0 when there is nothing to recover
  - id: s_errno
    type: s4
  - id: s_feature_compat
    type: u4
  - id: s_feature_incompat
    type: u4
  - id: s_feature_ro_compat
    type: u4
  - id: s_uuid
    size: 16
  - id: s_nr_users
    type: u4
  - id: s_dynsuper
    type: u4
  - id: s_max_transaction
    type: u4
  - id: s_max_trans_data
    type: u4
  - id: s_checksum_type
    type: u1
  - id: s_padding2
    size: 3
  - id: s_num_fc_blks
    type: u4
  - id: s_head
    type: u4
  - id: s_padding
    size: 160
  - id: s_checksum
    type: u4
  - id: s_users
    size: 768
