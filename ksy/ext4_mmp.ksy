meta:
  id: ext4_mmp
  title: ext4 block against mounting twice
  endian: le
doc: Who has the file system mounted or is checking it; written again every few seconds while it is in use.
doc-ref: kernel fs/ext4/ext4.h, struct mmp_struct; Documentation/filesystems/ext4/mmp.rst
seq:
  - {id: mmp_magic, type: u4, valid: 0x004d4d50}
  - {id: mmp_seq, type: u4}
  - {id: mmp_time, type: u8}
  - {id: mmp_nodename, size: 64}
  - {id: mmp_bdevname, size: 32}
  - {id: mmp_check_interval, type: u2}
  - {id: mmp_pad1, type: u2}
  - {id: mmp_pad2, size: 904}
  - {id: mmp_checksum, type: u4}
