package io.zeroui.product.vectors.placement;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which collections have been written to since somebody last looked how large they are. A process that begins looks at all. */
@ApplicationScoped
public class Growth {

    private final Set<Long> changed = ConcurrentHashMap.newKeySet();

    /** Points of a collection were written or deleted. */
    public void note(long collection, long points) {
        if (points > 0) {
            changed.add(collection);
        }
    }

    /** Those that have changed; they count as looked at. */
    Set<Long> take() {
        Set<Long> taken = Set.copyOf(changed);
        changed.removeAll(taken);
        return taken;
    }
}
