meta:
  id: ext4_extent_node
  title: ext4 extent tree node
  endian: le
doc: |
  A node of an extent tree: the 60 bytes of i_block, or a block. With eh_depth 0 it holds extents,
  else indexes to nodes one level down. A block has a checksum behind eh_max entries.
doc-ref: kernel fs/ext4/ext4_extents.h
seq:
  - {id: eh_magic, type: u2, valid: 0xf30a}
  - {id: eh_entries, type: u2, valid: {max: 5461}}
  - {id: eh_max, type: u2}
  - {id: eh_depth, type: u2, valid: {max: 5}}
  - {id: eh_generation, type: u4}
  - id: extents
    type: extent
    repeat: expr
    repeat-expr: eh_entries
    if: eh_depth == 0
  - id: indexes
    type: index
    repeat: expr
    repeat-expr: eh_entries
    if: eh_depth != 0
types:
  extent:
    seq:
      - {id: ee_block, type: u4}
      - {id: ee_len, type: u2}
      - {id: ee_start_hi, type: u2}
      - {id: ee_start_lo, type: u4}
  index:
    seq:
      - {id: ei_block, type: u4}
      - {id: ei_leaf_lo, type: u4}
      - {id: ei_leaf_hi, type: u2}
      - {id: ei_unused, type: u2}
