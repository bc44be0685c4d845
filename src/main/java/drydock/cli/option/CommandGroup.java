package drydock.cli.option;

import drydock.evidence.Evidence;
import java.util.List;

/** A command that only holds others, which are loaded when they are named, not before. */
public interface CommandGroup {
  /** A command of the group; its summary stands in the group's help. */
  record Member(String name, Class<?> type, String summary) {}

  /** All commands, in the order in which the help lists them. */
  List<Member> members();

  /** The names of commands that are not the group's own and are its members, too, after those. */
  default List<String> shared() {
    return List.of();
  }

  /** Refuses evidence that is nothing for the commands of this group. */
  default void check(Evidence evidence) {}
}
