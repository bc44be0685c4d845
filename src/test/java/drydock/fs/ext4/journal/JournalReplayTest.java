package drydock.fs.ext4.journal;

import static drydock.fs.ext4.journal.JournalBuilder.ASYNC;
import static drydock.fs.ext4.journal.JournalBuilder.BITS64;
import static drydock.fs.ext4.journal.JournalBuilder.BLOCK;
import static drydock.fs.ext4.journal.JournalBuilder.REVOKE;
import static drydock.fs.ext4.journal.JournalBuilder.V2;
import static drydock.fs.ext4.journal.JournalBuilder.V3;
import static drydock.fs.ext4.journal.JournalBuilder.block;
import static org.assertj.core.api.Assertions.assertThat;

import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.finding.Severity;
import drydock.fs.ext4.journal.JournalBuilder.Logged;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recovery of journals written for one fact each. */
class JournalReplayTest {
  private final FindingLog log = new FindingLog();

  private static JournalBuilder journal(int features) {
    return new JournalBuilder(features, 32, 1, 10);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, BITS64, V2, V2 | BITS64, V3, V3 | BITS64})
  void eachTagLayoutIsRead(int layout) throws IOException {
    Replayed replayed =
        journal(REVOKE | layout)
            .descriptor(block(1, 'A'), block(2, 'B'), new Logged(3, 'C', true))
            .commit()
            .descriptor(block(2, 'b'))
            .commit()
            .replay(log);
    assertThat(JournalBuilder.picture(replayed)).isEqualTo("fAbCffff");
    assertThat(replayed.fileSystem().bytes(3 * BLOCK, 5))
        .containsExactly(0xc0, 0x3b, 0x39, 0x98, 'C');
    assertThat(replayed.summary()).isEqualTo("applied: 2 transactions (10 to 11), 3 blocks");
    assertThat(log.list()).isEmpty();
  }

  @Test
  void cleanJournalChangesNothing() throws IOException {
    Replayed replayed = journal(V3).descriptor(block(1, 'A')).commit().startAt(0).replay(log);
    assertThat(replayed.state()).isEqualTo(ReplayState.CLEAN);
    assertThat(JournalBuilder.picture(replayed)).isEqualTo("ffffffff");
    assertThat(log.list()).isEmpty();
  }

  @Test
  void superblockOfVersionOneHasNoFeatures() throws IOException {
    Replayed replayed =
        new JournalBuilder(0, 32, 1, 10)
            .version1()
            .compat(-1)
            .descriptor(block(1, 'A'))
            .commit()
            .replay(log);
    assertThat(JournalBuilder.picture(replayed)).isEqualTo("fAffffff");
  }

  @Test
  void transactionWithoutCommitIsNotAppliedAndNoted() throws IOException {
    Replayed replayed =
        journal(V3)
            .descriptor(block(1, 'A'))
            .commit()
            .descriptor(block(1, 'x'), block(2, 'x'))
            .replay(log);
    assertThat(JournalBuilder.picture(replayed)).isEqualTo("fAffffff");
    assertThat(replayed.state()).isEqualTo(ReplayState.APPLIED);
    assertThat(log.list()).extracting(Finding::severity).containsExactly(Severity.NOTE);
    assertThat(log.list().get(0).what()).contains("never committed").contains("2 blocks");
  }

  @Test
  void revokeHidesCopiesOfItsTransactionAndEarlierOnesOnly() throws IOException {
    Replayed replayed =
        journal(REVOKE)
            .descriptor(block(1, 'A'), block(2, 'B'))
            .commit()
            .descriptor(block(2, 'b'))
            .revoke(1, 2)
            .commit()
            .descriptor(block(2, 'c'))
            .commit()
            .replay(log);
    assertThat(JournalBuilder.picture(replayed)).isEqualTo("ffcfffff");
    assertThat(replayed.revokedCopies()).isEqualTo(3);
  }

  @Test
  void numbersOfTransactionsGoRoundWithTheirRevokes() throws IOException {
    Replayed replayed =
        new JournalBuilder(REVOKE | BITS64, 32, 1, -2)
            .descriptor(block(1, 'A'), block(2, 'B'), block(3, 'C'))
            .commit()
            .descriptor(block(3, 'c'))
            .commit()
            .revoke(1)
            .commit()
            .descriptor(block(2, 'b'))
            .commit()
            .replay(log);
    assertThat(JournalBuilder.picture(replayed)).isEqualTo("ffbcffff");
    assertThat(replayed.firstSequence()).isEqualTo(0xffff_fffeL);
    assertThat(replayed.endSequence()).isEqualTo(2);
    assertThat(log.list()).isEmpty();
  }

  @Test
  void laterRevokeOfABlockCountsEvenAfterNumbersWentRound() throws IOException {
    Replayed replayed =
        new JournalBuilder(REVOKE, 32, 1, -1)
            .revoke(1)
            .commit()
            .descriptor(block(1, 'A'))
            .revoke(1)
            .commit()
            .replay(log);
    assertThat(JournalBuilder.picture(replayed)).isEqualTo("ffffffff");
  }

  @Test
  void logGoesRoundInTheMiddleOfDataBlocks() throws IOException {
    Replayed replayed =
        new JournalBuilder(V3, 8, 5, 1)
            .descriptor(block(1, 'A'), block(2, 'B'), block(3, 'C'), block(4, 'D'))
            .commit()
            .replay(log);
    assertThat(JournalBuilder.picture(replayed)).isEqualTo("fABCDfff");
    assertThat(log.list()).isEmpty();
  }

  @Test
  void wrongCommitChecksumEndsTheLogThere() throws IOException {
    JournalBuilder journal =
        journal(V3).descriptor(block(1, 'A')).commit().descriptor(block(2, 'B')).commit().flip(17);
    int position = journal.position();
    Replayed replayed = journal.descriptor(block(3, 'C')).commit().replay(log);
    assertThat(JournalBuilder.picture(replayed)).isEqualTo("fAffffff");
    assertThat(replayed.state()).isEqualTo(ReplayState.DAMAGED);
    assertThat(log.list())
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.severity()).isEqualTo(Severity.DAMAGE);
              assertThat(f.offset()).isEqualTo((long) position * BLOCK);
              assertThat(f.found()).isEqualTo("transaction 11");
            });
  }

  @Test
  void commitBlockOfWhichOnlyTheHeaderReachedTheDiskCounts() throws IOException {
    Replayed replayed = journal(V3).descriptor(block(1, 'A')).commit().flip(700).replay(log);
    assertThat(JournalBuilder.picture(replayed)).isEqualTo("fAffffff");
    assertThat(log.list()).isEmpty();
  }

  @Test
  void wrongDescriptorChecksumIsDamageWhenItWasCommittedLater() throws IOException {
    Replayed replayed =
        journal(V3)
            .descriptor(block(1, 'A'))
            .commit()
            .descriptor(block(2, 'B'))
            .flip(900)
            .commit()
            .replay(log);
    assertThat(JournalBuilder.picture(replayed)).isEqualTo("fAffffff");
    assertThat(replayed.state()).isEqualTo(ReplayState.DAMAGED);
    assertThat(log.hasLosses()).isTrue();
  }

  @Test
  void wrongDescriptorChecksumOfAnOlderCommitIsTheEndOfTheLog() throws IOException {
    Replayed replayed =
        journal(V3)
            .descriptor(block(1, 'A'))
            .commit()
            .descriptor(block(2, 'B'))
            .flip(900)
            .committedAt(1_600_000_000L)
            .commit()
            .replay(log);
    assertThat(JournalBuilder.picture(replayed)).isEqualTo("fAffffff");
    assertThat(replayed.state()).isEqualTo(ReplayState.APPLIED);
    assertThat(log.list()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {V2, V3})
  void damagedDataBlockIsLeftOutAndTheRestApplied(int checksums) throws IOException {
    Replayed replayed =
        journal(checksums)
            .descriptor(block(1, 'A'), block(2, 'B'), block(3, 'C'))
            .flip(2 * BLOCK + 100)
            .commit()
            .replay(log);
    assertThat(JournalBuilder.picture(replayed)).isEqualTo("fAfCffff");
    assertThat(replayed.state()).isEqualTo(ReplayState.DAMAGED);
    assertThat(log.list())
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.offset()).isEqualTo(3L * BLOCK);
              assertThat(f.found()).isEqualTo("block 2");
            });
  }

  @Test
  void interruptedAsynchronousCommitIsNoDamage() throws IOException {
    Replayed replayed =
        journal(V3 | ASYNC)
            .descriptor(block(1, 'A'))
            .commit()
            .descriptor(block(2, 'B'))
            .commit()
            .flip(17)
            .replay(log);
    assertThat(JournalBuilder.picture(replayed)).isEqualTo("fAffffff");
    assertThat(log.list()).extracting(Finding::severity).containsExactly(Severity.NOTE);
  }

  @Test
  void asynchronousCommitThatDoesNotFitIsDamageWhenAnotherFollows() throws IOException {
    Replayed replayed =
        journal(V3 | ASYNC)
            .descriptor(block(1, 'A'))
            .commit()
            .flip(17)
            .descriptor(block(2, 'B'))
            .commit()
            .replay(log);
    assertThat(JournalBuilder.picture(replayed)).isEqualTo("ffffffff");
    assertThat(log.hasLosses()).isTrue();
  }

  @Test
  void blockBeyondTheFileSystemIsLeftOut() throws IOException {
    Replayed replayed =
        journal(BITS64)
            .descriptor(block(1L << 40, 'x'), block(64, 'x'), block(63, 'L'))
            .commit()
            .replay(log);
    assertThat(replayed.blocks()).isEqualTo(1);
    assertThat(log.list()).hasSize(2);
  }

  @Test
  void revokeBlockThatClaimsTooMuchEndsTheLog() throws IOException {
    Replayed replayed =
        journal(REVOKE).descriptor(block(1, 'A')).commit().revoke(1).flip(13).commit().replay(log);
    assertThat(JournalBuilder.picture(replayed)).isEqualTo("fAffffff");
    assertThat(replayed.state()).isEqualTo(ReplayState.DAMAGED);
  }

  @Test
  void logFullOfOneTransactionEnds() throws IOException {
    JournalBuilder journal = new JournalBuilder(REVOKE, 32, 1, 10);
    for (int i = 0; i < 31; i++) {
      journal.revoke(i);
    }
    assertThat(journal.replay(log).state()).isEqualTo(ReplayState.DAMAGED);
    assertThat(log.list())
        .singleElement()
        .satisfies(f -> assertThat(f.what()).contains("whole log"));
  }

  @Test
  void recordedErrorIsNoted() throws IOException {
    journal(V3).descriptor(block(1, 'A')).commit().error(-5).replay(log);
    assertThat(log.list())
        .singleElement()
        .satisfies(f -> assertThat(f.what()).endsWith("error -5"));
  }

  @Test
  void superblockThatCannotBeUsedLeavesTheDiskAsItIs() throws IOException {
    JournalBuilder[] journals = {
      journal(V2 | V3).descriptor(block(1, 'A')).commit(),
      journal(0x4000).descriptor(block(1, 'A')).commit(),
      journal(V3).compat(1).descriptor(block(1, 'A')).commit(),
    };
    for (JournalBuilder journal : journals) {
      FindingLog findings = new FindingLog();
      Replayed replayed = journal.replay(findings);
      assertThat(replayed.state()).isEqualTo(ReplayState.UNREADABLE);
      assertThat(JournalBuilder.picture(replayed)).isEqualTo("ffffffff");
      assertThat(findings.list()).hasSize(1);
    }
  }

  @Test
  void startOutsideTheLogIsDamage() throws IOException {
    Replayed replayed = journal(0).descriptor(block(1, 'A')).commit().startAt(32).replay(log);
    assertThat(replayed.state()).isEqualTo(ReplayState.DAMAGED);
    assertThat(log.hasLosses()).isTrue();
  }

  @Test
  void listingTellsCopiesRevokesAndWhatIsApplied() throws IOException {
    JournalBuilder journal =
        journal(REVOKE | V3)
            .descriptor(block(1, 'A'), new Logged(2, 'B', true))
            .commit()
            .revoke(1)
            .commit()
            .descriptor(block(3, 'C'));
    JournalLog listed = JournalLog.read(journal.source(), JournalBuilder.facts(), false, log);
    assertThat(listed.transactions())
        .extracting(Transaction::sequence)
        .containsExactly(10L, 11L, 12L);
    assertThat(listed.transactions())
        .extracting(Transaction::state)
        .containsExactly(
            Transaction.State.APPLIED, Transaction.State.APPLIED, Transaction.State.NOT_APPLIED);
    assertThat(listed.transactions()).extracting(Transaction::copies).containsExactly(2L, 0L, 1L);
    assertThat(listed.transactions()).extracting(Transaction::sums).containsOnly(true);
    assertThat(shown(listed))
        .containsExactly("10 1@2 void fits", "10 2@3 escaped fits", "11 revokes 1", "12 3@8 fits");
    assertThat(listed.transactions().get(0).committed())
        .hasToString("2023-11-14T22:13:20.000000005Z");
    assertThat(listed.transactions().get(2).committed()).isNull();
  }

  private static List<String> shown(JournalLog listed) throws IOException {
    List<String> shown = new ArrayList<>();
    listed.visit(
        new JournalLog.Visitor() {
          @Override
          public void copy(Transaction transaction, Copy copy) {
            shown.add(
                transaction.sequence()
                    + " "
                    + copy.block()
                    + "@"
                    + copy.journalBlock()
                    + (copy.escaped() ? " escaped" : "")
                    + (copy.revoked() ? " void" : "")
                    + (Objects.equals(copy.stored(), copy.computed()) ? " fits" : ""));
          }

          @Override
          public void revoked(Transaction transaction, long block) {
            shown.add(transaction.sequence() + " revokes " + block);
          }
        });
    return shown;
  }

  @Test
  void whatIsLeftOverOfEarlierTransactionsIsFound() throws IOException {
    JournalBuilder journal =
        journal(V3)
            .descriptor(block(1, 'A'), block(2, 'B'))
            .commit()
            .descriptor(block(3, 'C'))
            .commit()
            .descriptor(block(1, 'a'))
            .commit();
    int start = 5;
    JournalBuilder later = journal.lie(24, 11).startAt(start);
    JournalLog now = JournalLog.read(later.source(), JournalBuilder.facts(), false, log);
    assertThat(now.transactions()).extracting(Transaction::sequence).containsExactly(11L, 12L);
    JournalLog all = JournalLog.read(later.source(), JournalBuilder.facts(), true, log);
    assertThat(all.transactions()).extracting(Transaction::sequence).containsExactly(10L, 11L, 12L);
    assertThat(all.transactions().get(0).state()).isEqualTo(Transaction.State.OLD);
    assertThat(shown(all))
        .containsExactly("10 1@2 fits", "10 2@3 fits", "11 3@6 fits", "12 1@9 fits");
  }

  @Test
  void leftOverThatGoesRoundTheEndIsOneTransaction() throws IOException {
    JournalBuilder journal =
        new JournalBuilder(V3, 16, 13, 10)
            .descriptor(block(1, 'A'), block(2, 'B'), block(3, 'C'))
            .revoke(4)
            .commit()
            .descriptor(block(5, 'E'))
            .commit()
            .startAt(0);
    JournalLog all = JournalLog.read(journal.source(), JournalBuilder.facts(), true, log);
    assertThat(all.transactions()).extracting(Transaction::sequence).containsExactly(10L, 11L);
    assertThat(shown(all)).hasSize(5).contains("10 3@1 fits", "10 revokes 4");
  }

  @Test
  void whatLiesBehindDamageIsListedAndCounted() throws IOException {
    JournalBuilder journal =
        journal(V3)
            .descriptor(block(1, 'A'))
            .commit()
            .descriptor(block(2, 'B'))
            .commit()
            .flip(17)
            .descriptor(block(3, 'C'), block(4, 'D'))
            .commit();
    JournalLog listed = JournalLog.read(journal.source(), JournalBuilder.facts(), false, log);
    assertThat(listed.transactions())
        .extracting(Transaction::state)
        .containsExactly(
            Transaction.State.APPLIED,
            Transaction.State.NOT_APPLIED,
            Transaction.State.NOT_APPLIED);
    assertThat(listed.transactions())
        .extracting(Transaction::sums)
        .containsExactly(true, false, true);
    assertThat(log.list().get(0).what())
        .endsWith("not applied: 2 committed transactions, 3 blocks");
  }
}
