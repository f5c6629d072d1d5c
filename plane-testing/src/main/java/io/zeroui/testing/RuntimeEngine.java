package io.zeroui.testing;

import java.util.Collection;
import java.util.Map;

/** Starts and stops the servers of one test runtime. Every method returns once the servers have reached that state. */
interface RuntimeEngine {

    /** Starts the parts that do not run yet; a part keeps its data and, where it can, its port. */
    void start(Collection<RuntimePart> parts);

    /** Stops one part cleanly and keeps its data. */
    void stop(RuntimePart part);

    /** Kills one part as {@code kill -9} does and keeps its data. */
    void kill(RuntimePart part);

    /** The variables of {@code runtime.env} for the parts started so far. */
    Map<String, String> environment();
}
