meta:
  id: gpt_header
  title: GPT header
  endian: le
doc-ref: UEFI Specification 2.10, 5.3.2
seq:
  - id: signature
    contents: EFI PART
  - id: revision
    type: u4
  - id: header_size
    type: u4
  - id: header_crc32
    type: u4
  - id: reserved
    type: u4
  - id: my_lba
    type: u8
  - id: alternate_lba
    type: u8
  - id: first_usable_lba
    type: u8
  - id: last_usable_lba
    type: u8
  - id: disk_guid
    size: 16
  - id: partition_entry_lba
    type: u8
  - id: number_of_partition_entries
    type: u4
  - id: size_of_partition_entry
    type: u4
  - id: partition_entry_array_crc32
    type: u4
