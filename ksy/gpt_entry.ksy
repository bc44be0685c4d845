meta:
  id: gpt_entry
  title: GPT partition entry
  endian: le
doc-ref: UEFI Specification 2.10, 5.3.3
seq:
  - id: partition_type_guid
    size: 16
  - id: unique_partition_guid
    size: 16
  - id: starting_lba
    type: u8
  - id: ending_lba
    type: u8
  - id: attributes
    type: u8
  - id: partition_name
    size: 72
