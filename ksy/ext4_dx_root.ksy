meta:
  id: ext4_dx_root
  title: ext3/4 hash tree root
  endian: le
doc: The first block of a hashed directory, up to its first index entry.
doc-ref: kernel fs/ext4/namei.c, struct dx_root
seq:
  - {id: dot_inode, type: u4}
  - {id: dot_rec_len, type: u2}
  - {id: dot_name_len, type: u1}
  - {id: dot_file_type, type: u1}
  - {id: dot_name, size: 4}
  - {id: dotdot_inode, type: u4}
  - {id: dotdot_rec_len, type: u2}
  - {id: dotdot_name_len, type: u1}
  - {id: dotdot_file_type, type: u1}
  - {id: dotdot_name, size: 4}
  - {id: reserved_zero, type: u4}
  - {id: hash_version, type: u1}
  - {id: info_length, type: u1}
  - {id: indirect_levels, type: u1}
  - {id: unused_flags, type: u1}
  - {id: limit, type: u2}
  - {id: count, type: u2}
  - {id: first_block, type: u4}
