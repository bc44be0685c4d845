package drydock.fs.ext4;

import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Blocks that were claimed a second time. Who claimed them first is not kept while all is read: it
 * is found at the end, in a second reading, when there is anything to name. At most {@value
 * #MAX_NAMED} are kept; of the rest only the second claimant is told.
 */
final class Disputes {
  private static final int MAX_NAMED = 1024;
  private static final int MAX_OTHERS = 4;

  /** A second claim: by what, and where that says so. */
  private record Claim(long inode, long block, Origin holder, long offset) {}

  private final Volume volume;
  private final List<Claim> claims = new ArrayList<>();

  Disputes(Volume volume) {
    this.volume = volume;
  }

  /** An inode claims a block that something claimed before. */
  void add(long inode, long block, Origin holder, long offset) {
    Claim claim = new Claim(inode, block, holder, offset);
    if (claims.size() < MAX_NAMED) {
      claims.add(claim);
    } else {
      tell(claim, "something else claims, too");
    }
  }

  /** Tells of all that are kept. */
  void tell() throws IOException {
    if (claims.isEmpty()) {
      return;
    }
    long[] blocks = claims.stream().mapToLong(Claim::block).toArray();
    // what else is wrong was told in the first reading
    Map<Long, List<BlockOwner>> owners = BlockOwners.of(volume.with(new FindingLog()), blocks);
    for (Claim claim : claims) {
      tell(claim, others(claim, owners.getOrDefault(claim.block, List.of())));
    }
    claims.clear();
  }

  private void tell(Claim claim, String others) {
    String what = "claims block " + claim.block + ", which " + others;
    volume.log().add(Finding.damage(claim.holder, claim.offset, what));
  }

  private static String others(Claim claim, List<BlockOwner> owners) {
    List<String> others = new ArrayList<>();
    boolean isItselfSeen = false;
    for (BlockOwner owner : owners) {
      if (owner.deleted()) {
        continue;
      }
      if (owner.group() == null && owner.inode() == claim.inode && !isItselfSeen) {
        isItselfSeen = true;
      } else if (others.size() < MAX_OTHERS) {
        others.add(name(claim, owner));
      }
    }
    return others.isEmpty()
        ? "something else claims, too"
        : String.join(" and ", others) + (others.size() > 1 ? " claim, too" : " claims, too");
  }

  private static String name(Claim claim, BlockOwner owner) {
    String role = owner.role().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    if (owner.group() != null) {
      return "the file system's own records (" + role + " of group " + owner.group() + ")";
    }
    String who = owner.inode() == claim.inode ? "the same inode" : "inode " + owner.inode();
    return who + " (" + role + " " + owner.position() + ")";
  }
}
