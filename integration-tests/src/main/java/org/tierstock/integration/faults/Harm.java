package org.tierstock.integration.faults;

import java.time.Duration;
import java.util.SplittableRandom;

/** What can be done to a link. */
enum Harm {
    CUT {
        @Override
        void befall(Link link, SplittableRandom chance) {
            link.cut();
        }
    },
    HALF_OPEN {
        @Override
        void befall(Link link, SplittableRandom chance) {
            link.leaveHalfOpen();
        }
    },
    SILENCE {
        @Override
        void befall(Link link, SplittableRandom chance) {
            link.silence();
        }
    },
    LOST_ANSWER {
        @Override
        void befall(Link link, SplittableRandom chance) {
            link.loseAnswers(chance.nextInt(1, MOST_LOST_ANSWERS));
        }
    },
    DELAY {
        @Override
        void befall(Link link, SplittableRandom chance) {
            link.delay(Duration.ofMillis(chance.nextInt(LEAST_DELAY_MILLIS, MOST_DELAY_MILLIS)));
        }
    },
    THROTTLE {
        @Override
        void befall(Link link, SplittableRandom chance) {
            link.throttle(chance.nextInt(LEAST_BYTES_PER_SECOND, MOST_BYTES_PER_SECOND));
        }
    };

    private static final int MOST_LOST_ANSWERS = 6;
    private static final int LEAST_DELAY_MILLIS = 10;
    private static final int MOST_DELAY_MILLIS = 200;
    private static final int LEAST_BYTES_PER_SECOND = 10_000;
    private static final int MOST_BYTES_PER_SECOND = 200_000;

    /** Begins it, as strong as chance will have it. Healing the link ends it. */
    abstract void befall(Link link, SplittableRandom chance);
}
