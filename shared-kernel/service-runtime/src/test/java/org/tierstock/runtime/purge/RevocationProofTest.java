package org.tierstock.runtime.purge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RevocationProofTest {
    @Test
    void a_settlement_is_proven_when_everything_up_to_the_head_told_with_it_has_come() {
        RevocationProof heard = RevocationProof.NONE.heard(3, 10);

        assertThat(heard.settled()).isZero();
        assertThat(heard.reached(9).settled()).isZero();
        assertThat(heard.reached(10).settled()).isEqualTo(3);
    }

    @Test
    void later_acknowledgements_do_not_put_off_what_is_waited_for() {
        RevocationProof proof = RevocationProof.NONE.heard(3, 10).heard(7, 30);

        assertThat(proof.reached(10).settled()).isEqualTo(3);
        assertThat(proof.reached(10).heard(7, 30).reached(29).settled()).isEqualTo(3);
        assertThat(proof.reached(10).heard(7, 30).reached(30).settled()).isEqualTo(7);
    }

    @Test
    void a_head_that_the_stream_will_never_reach_gives_way_to_the_next_acknowledgement() {
        RevocationProof proof =
                RevocationProof.NONE.heard(3, 1_000_000_000_000L).heard(4, 12);

        assertThat(proof.reached(11).settled()).isZero();
        assertThat(proof.reached(12).settled()).isEqualTo(4);
    }

    @Test
    void an_old_acknowledgement_that_comes_late_takes_nothing_back() {
        RevocationProof proof = RevocationProof.NONE.heard(7, 10).reached(10);

        assertThat(proof.heard(3, 4)).isEqualTo(proof);
        assertThat(proof.heard(3, 40)).isEqualTo(proof);
    }
}
