meta:
  id: ext4_inode
  title: ext2/3/4 inode
  endian: le
doc: |
  One slot of an inode table: 128 bytes in old file systems, 256 and more in newer ones. Of what lies
  behind the first 128 bytes only i_extra_isize bytes are fields; extended attributes follow.
doc-ref: kernel fs/ext4/ext4.h, struct ext4_inode
seq:
  - {id: i_mode, type: u2}
  - {id: i_uid, type: u2}
  - {id: i_size_lo, type: u4}
  - {id: i_atime, type: s4}
  - {id: i_ctime, type: s4}
  - {id: i_mtime, type: s4}
  - {id: i_dtime, type: u4}
  - {id: i_gid, type: u2}
  - {id: i_links_count, type: u2}
  - {id: i_blocks_lo, type: u4}
  - {id: i_flags, type: u4}
  - {id: i_version, type: u4}
  - {id: i_block, size: 60}
  - {id: i_generation, type: u4}
  - {id: i_file_acl_lo, type: u4}
  - {id: i_size_high, type: u4}
  - {id: i_obso_faddr, type: u4}
  - {id: i_blocks_high, type: u2}
  - {id: i_file_acl_high, type: u2}
  - {id: i_uid_high, type: u2}
  - {id: i_gid_high, type: u2}
  - {id: i_checksum_lo, type: u2}
  - {id: i_reserved, type: u2}
  - {id: large, type: large_part, if: not _io.eof}
types:
  large_part:
    seq:
      - {id: i_extra_isize, type: u2}
      - {id: i_checksum_hi, type: u2}
      - {id: i_ctime_extra, type: u4}
      - {id: i_mtime_extra, type: u4}
      - {id: i_atime_extra, type: u4}
      - {id: i_crtime, type: s4}
      - {id: i_crtime_extra, type: u4}
      - {id: i_version_hi, type: u4}
      - {id: i_projid, type: u4}
