meta:
  id: ext4_dirent
  title: ext2/3/4 directory entry
  endian: le
doc: |
  One entry of a directory block, cut to its rec_len. Without the filetype feature the byte
  file_type is the high half of the name's length.
doc-ref: kernel fs/ext4/ext4.h, struct ext4_dir_entry_2
seq:
  - {id: inode, type: u4}
  - {id: rec_len, type: u2}
  - {id: name_len, type: u1}
  - {id: file_type, type: u1}
  - {id: name, size: name_len}
