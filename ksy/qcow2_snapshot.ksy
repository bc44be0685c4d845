meta:
  id: qcow2_snapshot
  title: QCOW2 snapshot table entry without its extra data, id and name
  endian: be
doc-ref: https://gitlab.com/qemu-project/qemu/-/blob/master/docs/interop/qcow2.rst
seq:
  - id: l1_table_offset
    type: u8
  - id: l1_size
    type: u4
  - id: id_str_size
    type: u2
  - id: name_size
    type: u2
  - id: date_sec
    type: u4
  - id: date_nsec
    type: u4
  - id: vm_clock_nsec
    type: u8
  - id: vm_state_size
    type: u4
  - id: extra_data_size
    type: u4
