package io.zeroui.runtime;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The time by which a service goes. */
class PlaneClock {

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }
}
