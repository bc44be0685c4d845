meta:
  id: mbr
  title: Master boot record, and extended boot record, which has the same form
  endian: le
doc-ref: UEFI Specification 2.10, 5.2.1
seq:
  - id: boot_code
    size: 440
  - id: unique_signature
    type: u4
  - id: unknown
    type: u2
  - id: records
    type: record
    repeat: expr
    repeat-expr: 4
  - id: signature
    type: u2
types:
  record:
    seq:
      - id: boot_indicator
        type: u1
      - id: starting_chs
        size: 3
      - id: os_type
        type: u1
      - id: ending_chs
        size: 3
      - id: starting_lba
        type: u4
      - id: size_in_lba
        type: u4
