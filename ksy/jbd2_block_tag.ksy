meta:
  id: jbd2_block_tag
  title: Tag of a block in a jbd2 descriptor block; its four layouts
  endian: be
  license: CC0-1.0
doc-ref: Linux include/linux/jbd2.h, journal_block_tag_t and journal_block_tag3_t; fs/jbd2/journal.c, journal_tag_bytes()
params:
  - id: is_64bit
    type: bool
  - id: is_csum_v3
    type: bool
seq:
  - id: t_blocknr
    type: u4
  - id: v3
    type: tag_v3
    if: is_csum_v3
  - id: v1
    type: tag_v1
    if: not is_csum_v3
    doc: with checksums of version 2, two bytes of padding follow
types:
  tag_v1:
    seq:
      - id: t_checksum
        type: u2
      - id: t_flags
        type: u2
      - id: t_blocknr_high
        type: u4
        if: _parent.is_64bit
  tag_v3:
    seq:
      - id: t_flags
        type: u4
      - id: t_blocknr_high
        type: u4
      - id: t_checksum
        type: u4
