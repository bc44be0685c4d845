package drydock.export;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoomsTest {
  private final Rooms rooms = new Rooms();

  @Test
  void whatIsGivenBackIsUsedAgain() {
    byte[] room = rooms.take(100);
    assertThat(rooms.take(100)).isNotSameAs(room);
    rooms.giveBack(room);
    assertThat(rooms.take(1 << 20)).isSameAs(room);
  }

  @Test
  void everyRoomIsLargeEnoughAndALargeOneIsNotKept() {
    byte[] large = rooms.take(3 << 20);
    assertThat(large).hasSize(3 << 20);
    rooms.giveBack(large);
    assertThat(rooms.take(3 << 20)).isNotSameAs(large);
    assertThat(rooms.take(5 << 18).length).isGreaterThanOrEqualTo(5 << 18);
    assertThat(rooms.take(0)).isEmpty();
  }
}
