package drydock.partition;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names of GPT partition types. Sources: UEFI Specification 2.10 table 5.7, the Discoverable
 * Partitions Specification, the ChromiumOS disk format, Flatcar's and Bottlerocket's documents.
 */
final class GptTypes {
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("c12a7328-f81f-11d2-ba4b-00a0c93ec93b", "EFI system"),
          Map.entry("21686148-6449-6e6f-744e-656564454649", "BIOS boot"),
          Map.entry("024dee41-33e7-11d3-9d69-0008c781f39f", "MBR scheme"),
          Map.entry("9e1a2d38-c612-4316-aa26-8b49521e5a8b", "PReP boot"),
          Map.entry("fe3a2a5d-4f32-41a7-b725-accc3285a309", "ChromeOS kernel"),
          Map.entry("3cb8e202-3b7e-47dd-8a3c-7ff2a13cfcec", "ChromeOS root"),
          Map.entry("2e0a753d-9e48-43b0-8337-b15192cb1b5e", "ChromeOS reserved"),
          Map.entry("cab6e88e-abf3-4102-a07a-d4bb9be3c1d3", "ChromeOS firmware"),
          Map.entry("09845860-705f-4bb5-b16c-8a8a099caf52", "ChromeOS mini OS"),
          Map.entry("3f0f8318-f146-4e6b-8222-c28c8f02e0d5", "ChromeOS hibernate"),
          Map.entry("0fc63daf-8483-4772-8e79-3d69d8477de4", "Linux file system"),
          Map.entry("0657fd6d-a4ab-43c4-84e5-0933c84b4f4f", "Linux swap"),
          Map.entry("e6d6d379-f507-44c2-a23c-238f2a3df928", "Linux LVM"),
          Map.entry("a19d880f-05fc-4d3b-a006-743f0f84911e", "Linux RAID"),
          Map.entry("8da63339-0007-60c0-c436-083ac8230908", "Linux reserved"),
          Map.entry("7ffec5c9-2d00-49b7-8941-3ea10a5586b7", "Linux dm-crypt"),
          Map.entry("ca7d7ccb-63ed-4c53-861c-1742536059cc", "Linux LUKS"),
          Map.entry("4f68bce3-e8cd-4db1-96e7-fbcaf984b709", "Linux root (x86-64)"),
          Map.entry("44479540-f297-41b2-9af7-d131d5f0458a", "Linux root (x86)"),
          Map.entry("b921b045-1df0-41c3-af44-4c6f280d3fae", "Linux root (ARM64)"),
          Map.entry("69dad710-2ce4-4e3c-b16c-21a1d49abed3", "Linux root (ARM)"),
          Map.entry("72ec70a6-cf74-40e6-bd49-4bda08e8f224", "Linux root (RISC-V 64)"),
          Map.entry("8484680c-9521-48c6-9c11-b0720656f69e", "Linux /usr (x86-64)"),
          Map.entry("b0e01050-ee5f-4390-949a-9101b17104e9", "Linux /usr (ARM64)"),
          Map.entry("2c7357ed-ebd2-46d9-aec1-23d437ec2bf5", "Linux root verity (x86-64)"),
          Map.entry("df3300ce-d69f-4c92-978c-9bfb0f38d820", "Linux root verity (ARM64)"),
          Map.entry("77ff5f63-e7b6-4633-acf4-1565b864c0e6", "Linux /usr verity (x86-64)"),
          Map.entry("6e11a4e7-fbca-4ded-b9e9-e1a512bb664e", "Linux /usr verity (ARM64)"),
          Map.entry("933ac7e1-2eb4-4f13-b844-0e14e2aef915", "Linux /home"),
          Map.entry("3b8f8425-20e0-4f3b-907f-1a25a76f98e8", "Linux /srv"),
          Map.entry("4d21b016-b534-45c2-a9fb-5c16e091fd2d", "Linux /var"),
          Map.entry("7ec6f557-3bc5-4aca-b293-16ef5df639d1", "Linux /var/tmp"),
          Map.entry("bc13c2ff-59e6-4262-a352-b275fd6f7172", "Linux extended boot"),
          Map.entry("5dfbf5f4-2848-4bac-aa5e-0d9a20b745a6", "CoreOS /usr"),
          Map.entry("3884dd41-8582-4404-b9a8-e9b84f2df50e", "CoreOS root"),
          Map.entry("be9067b9-ea49-4f15-b4f6-f36f8c9e1818", "CoreOS root RAID"),
          Map.entry("c95dc21a-df0e-4340-8d7b-26cbfa9a03e0", "CoreOS OEM"),
          Map.entry("6b636168-7420-6568-2070-6c616e657421", "Bottlerocket boot"),
          Map.entry("5526016a-1a97-4ea4-b39a-b7c8c6ca4502", "Bottlerocket root"),
          Map.entry("598f10af-c955-4456-6a99-7720068a6cea", "Bottlerocket verity hash"),
          Map.entry("0c5d99a5-d331-4147-baef-08e2b855bdc9", "Bottlerocket reserved"),
          Map.entry("440408bb-eb0b-4328-a6e5-a29038fad706", "Bottlerocket private"),
          Map.entry("626f7474-6c65-6474-6861-726d61726b73", "Bottlerocket data"),
          Map.entry("ebd0a0a2-b9e5-4433-87c0-68b6b72699c7", "Microsoft basic data"),
          Map.entry("e3c9e316-0b5c-4db8-817d-f92df00215ae", "Microsoft reserved"),
          Map.entry("de94bba4-06d1-4d40-a16a-bfd50179d6ac", "Windows recovery"),
          Map.entry("aa31e02a-400f-11db-9590-000c2911d1b8", "VMware VMFS"));

  private GptTypes() {}

  /** The type in words; null when it is not a known one. */
  static @Nullable String name(String guid) {
    return NAMES.get(guid);
  }
}
