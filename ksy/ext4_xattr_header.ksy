meta:
  id: ext4_xattr_header
  title: ext2/3/4 extended attribute block header
  endian: le
doc: The start of a block of extended attributes, which several inodes may share.
doc-ref: kernel fs/ext4/xattr.h, struct ext4_xattr_header
seq:
  - {id: h_magic, type: u4, valid: 0xea020000}
  - {id: h_refcount, type: u4}
  - {id: h_blocks, type: u4}
  - {id: h_hash, type: u4}
  - {id: h_checksum, type: u4}
  - {id: h_reserved, type: u4, repeat: expr, repeat-expr: 3}
