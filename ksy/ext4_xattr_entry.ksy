meta:
  id: ext4_xattr_entry
  title: ext2/3/4 extended attribute entry
  endian: le
doc: Names one extended attribute and tells where its value lies; in an inode's body or a block.
doc-ref: kernel fs/ext4/xattr.h, struct ext4_xattr_entry
seq:
  - {id: e_name_len, type: u1}
  - {id: e_name_index, type: u1}
  - {id: e_value_offs, type: u2}
  - {id: e_value_inum, type: u4}
  - {id: e_value_size, type: u4}
  - {id: e_hash, type: u4}
  - {id: e_name, size: e_name_len}
