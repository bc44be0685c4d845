meta:
  id: qcow2_extension
  title: QCOW2 header extension without its data
  endian: be
doc-ref: https://gitlab.com/qemu-project/qemu/-/blob/master/docs/interop/qcow2.rst
seq:
  - id: type
    type: u4
  - id: length
    type: u4
