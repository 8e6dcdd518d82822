package org.tierstock.integration.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Histories made by hand: those that one request at a time could have made, and those that it could not. */
class CheckTest {
    /** That are there at the beginning. */
    private static final long UNITS = 10;

    private static final Answer PLACED = Answer.done("placed");
    private static final Answer PAID = Answer.done("PAID");

    private final List<Operation> operations = new ArrayList<>();
    private final List<Posting> ledger = new ArrayList<>();

    private void asked(long begun, long ended, Request request, Answer answer) {
        operations.add(new Operation(operations.size(), request, begun, ended, answer, false));
    }

    /** Asked, answered as done, and in the ledger next. */
    private void moved(long begun, long ended, Request request, Answer answer) {
        asked(begun, ended, request, answer);
        ledger.add(new Posting.Moved(request.document()));
    }

    private static Request place(String order, long units) {
        return new Request.Place(order, units);
    }

    private static Answer sellable(long units) {
        return Answer.known("sellable " + units);
    }

    private void isSound() {
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(operations, new Random(seed));
            assertThat(Check.violation(operations, UNITS, ledger)).isEmpty();
        }
    }

    private void isRefused(String why) {
        assertThat(Check.violation(operations, UNITS, ledger).orElse("nothing found"))
                .contains(why);
    }

    @Test
    void a_history_one_at_a_time_is_sound() {
        moved(0, 1, place("A", 4), PLACED);
        asked(2, 3, new Request.Look(), sellable(6));
        asked(4, 5, place("B", 7), Answer.refused(409, "INSUFFICIENT_STOCK asked 7 sellable 6"));
        moved(6, 7, new Request.Pay("A", "P1"), PAID);
        asked(8, 9, new Request.Pay("A", "P1"), Answer.known("PAID"));
        asked(10, 11, new Request.Pay("A", "P2"), Answer.refused(409, "ALREADY_PAID"));
        asked(12, 13, place("A", 4), Answer.known("placed"));
        asked(14, 15, place("A", 3), Answer.refused(409, "DOCUMENT_REUSED"));
        asked(16, 17, new Request.Show("A"), Answer.known("PAID"));
        asked(18, 19, new Request.Pay("B", "P3"), Answer.refused(404, "NOT_FOUND"));

        isSound();
    }

    @Test
    void a_cancellation_gives_back_at_once_before_payment_and_not_after_it() {
        moved(0, 1, place("A", 4), PLACED);
        moved(2, 3, new Request.Cancel("A", "X1", 1), Answer.done("cancelled 1 refused 0"));
        asked(4, 5, new Request.Look(), sellable(7));
        moved(6, 7, new Request.Pay("A", "P1"), PAID);
        asked(8, 9, new Request.Cancel("A", "X2", 5), Answer.done("cancelled 3 refused 2"));
        asked(10, 11, new Request.Cancel("A", "X2", 5), Answer.known("cancelled 3 refused 2"));
        asked(12, 13, new Request.Look(), sellable(7));
        ledger.add(new Posting.Supplied("SALE_REVERSAL R1", 3));
        asked(14, 15, new Request.Look(), sellable(10));
        moved(16, 17, place("B", 2), PLACED);
        moved(18, 19, new Request.Cancel("B", "X3", 0), Answer.done("cancelled 2 refused 0"));
        asked(20, 21, new Request.Pay("B", "P2"), Answer.done("REFUND_DUE ORDER_CANCELLED"));

        isSound();
    }

    @Test
    void answers_of_the_same_time_may_come_in_any_order() {
        moved(0, 9, place("A", 4), PLACED);
        moved(0, 9, place("B", 5), PLACED);
        asked(0, 9, new Request.Look(), sellable(10));
        asked(0, 9, new Request.Look(), sellable(6));
        asked(0, 9, new Request.Look(), sellable(1));
        asked(0, 9, place("C", 2), Answer.refused(409, "INSUFFICIENT_STOCK asked 2 sellable 1"));
        asked(0, 9, new Request.Show("A"), Answer.refused(404, "NOT_FOUND"));

        isSound();
    }

    @Test
    void a_stale_read_is_refused() {
        moved(0, 10, place("A", 4), PLACED);
        asked(11, 20, new Request.Look(), sellable(10));

        isRefused("Look");
    }

    @Test
    void a_read_of_what_is_not_yet_done_is_refused() {
        asked(0, 10, new Request.Look(), sellable(6));
        moved(11, 20, place("A", 4), PLACED);

        isRefused("began later");
    }

    @Test
    void reads_that_go_back_are_refused() {
        moved(0, 100, place("A", 4), PLACED);
        asked(1, 10, new Request.Look(), sellable(6));
        asked(11, 20, new Request.Look(), sellable(10));

        isRefused("sellable 10");
    }

    @Test
    void a_lost_update_is_refused() {
        moved(0, 10, place("A", 4), PLACED);
        moved(0, 10, place("B", 4), PLACED);
        asked(11, 20, new Request.Look(), sellable(6));

        isRefused("Look");
    }

    @Test
    void an_oversell_is_refused() {
        moved(0, 10, place("A", 6), PLACED);
        moved(0, 10, place("B", 6), PLACED);

        isRefused("to be answered 409 INSUFFICIENT_STOCK asked 6 sellable 4");
    }

    @Test
    void a_revocation_of_what_was_sold_is_refused() {
        moved(0, 10, place("A", 6), PLACED);
        ledger.add(new Posting.Supplied("REVOCATION V1", -5));

        isRefused("more was sold than there was");
    }

    @Test
    void a_ledger_in_another_order_than_the_clock_is_refused() {
        moved(20, 30, place("B", 4), PLACED);
        moved(0, 10, place("A", 4), PLACED);

        isRefused("began later");
    }

    @Test
    void a_document_done_twice_is_refused() {
        moved(0, 10, place("A", 4), PLACED);
        asked(11, 20, place("A", 4), PLACED);

        isRefused("the model answers 200 placed");
    }

    @Test
    void a_repetition_with_another_answer_is_refused() {
        moved(0, 10, place("A", 4), PLACED);
        moved(11, 20, new Request.Cancel("A", "X1", 3), Answer.done("cancelled 3 refused 0"));
        asked(21, 30, new Request.Cancel("A", "X1", 3), Answer.known("cancelled 1 refused 2"));

        isRefused("the model answers 200 cancelled 3 refused 0");
    }

    @Test
    void a_repetition_that_knows_what_is_not_yet_done_is_refused() {
        moved(0, 5, place("A", 4), PLACED);
        asked(6, 10, new Request.Pay("A", "P1"), Answer.known("PAID"));
        moved(11, 20, new Request.Pay("A", "P1"), PAID);

        isRefused("began later");
    }

    @Test
    void a_refusal_for_want_of_stock_that_was_there_is_refused() {
        asked(0, 10, place("A", 4), Answer.refused(409, "INSUFFICIENT_STOCK asked 4 sellable 0"));
        moved(11, 20, place("B", 4), PLACED);

        isRefused("began later");
    }

    @Test
    void what_was_acknowledged_and_is_not_in_the_ledger_is_refused() {
        asked(0, 10, place("A", 4), PLACED);

        isRefused("the ledger has ended");
    }

    @Test
    void what_is_in_the_ledger_and_was_refused_is_refused() {
        moved(0, 10, place("A", 4), Answer.refused(409, "INSUFFICIENT_STOCK asked 4 sellable 3"));

        isRefused("was done by nobody who was told so");
    }

    @Test
    void what_was_never_answered_may_have_happened_or_not() {
        operations.add(new Operation(0, place("A", 4), 0, Long.MAX_VALUE, null, false));
        asked(5, 6, new Request.Look(), sellable(10));
        isSound();

        ledger.add(new Posting.Moved("SALES_ORDER A"));
        asked(7, 8, new Request.Look(), sellable(6));
        isSound();
    }

    @Test
    void who_asked_more_than_once_may_be_told_that_it_was_done_before() {
        operations.add(new Operation(0, place("A", 4), 0, 10, Answer.known("placed"), true));
        ledger.add(new Posting.Moved("SALES_ORDER A"));

        isSound();
    }

    @Test
    void a_document_that_moves_nothing_has_its_point_where_others_need_it() {
        moved(0, 1, place("A", 2), PLACED);
        moved(2, 3, new Request.Pay("A", "P1"), PAID);
        asked(4, 40, new Request.Cancel("A", "X1", 2), Answer.done("cancelled 2 refused 0"));
        asked(5, 10, new Request.Cancel("A", "X1", 2), Answer.known("cancelled 2 refused 0"));
        asked(11, 20, new Request.Look(), sellable(8));
        moved(5, 30, place("B", 3), PLACED);

        isSound();
    }
}
