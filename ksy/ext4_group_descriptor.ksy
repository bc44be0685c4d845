meta:
  id: ext4_group_descriptor
  title: ext2/3/4 block group descriptor
  endian: le
doc: One group's places and counts, in 32 bytes, or in 64 and more where the 64bit feature is set.
doc-ref: kernel fs/ext4/ext4.h, struct ext4_group_desc
seq:
  - {id: bg_block_bitmap_lo, type: u4}
  - {id: bg_inode_bitmap_lo, type: u4}
  - {id: bg_inode_table_lo, type: u4}
  - {id: bg_free_blocks_count_lo, type: u2}
  - {id: bg_free_inodes_count_lo, type: u2}
  - {id: bg_used_dirs_count_lo, type: u2}
  - {id: bg_flags, type: u2}
  - {id: bg_exclude_bitmap_lo, type: u4}
  - {id: bg_block_bitmap_csum_lo, type: u2}
  - {id: bg_inode_bitmap_csum_lo, type: u2}
  - {id: bg_itable_unused_lo, type: u2}
  - {id: bg_checksum, type: u2}
  - {id: wide, type: wide_half, if: not _io.eof}
types:
  wide_half:
    seq:
      - {id: bg_block_bitmap_hi, type: u4}
      - {id: bg_inode_bitmap_hi, type: u4}
      - {id: bg_inode_table_hi, type: u4}
      - {id: bg_free_blocks_count_hi, type: u2}
      - {id: bg_free_inodes_count_hi, type: u2}
      - {id: bg_used_dirs_count_hi, type: u2}
      - {id: bg_itable_unused_hi, type: u2}
      - {id: bg_exclude_bitmap_hi, type: u4}
      - {id: bg_block_bitmap_csum_hi, type: u2}
      - {id: bg_inode_bitmap_csum_hi, type: u2}
      - {id: bg_reserved, type: u4}
