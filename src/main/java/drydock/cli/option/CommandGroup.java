package drydock.cli.option;

import java.util.List;

/** A command that only holds others, which are loaded when they are named, not before. */
public interface CommandGroup {
  /** A command of the group; its summary stands in the group's help. */
  record Member(String name, Class<?> type, String summary) {}

  /** All commands, in the order in which the help lists them. */
  List<Member> members();
}
