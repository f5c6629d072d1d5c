package io.zeroui.runtime.policy.bundles;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header {@code Prefer} (RFC 7240) as OPA writes it: {@code modes=snapshot,delta;wait=30}. */
final class PreferHeader {

    private static final Pattern WAIT = Pattern.compile("(?:^|[;,\\s])wait\\s*=\\s*\"?(\\d{1,6})\"?(?=$|[;,\\s])", Pattern.CASE_INSENSITIVE);

    private PreferHeader() {
    }

    /** How long a caller would wait; nothing where he does not say so, never more than the most. */
    static Duration wait(@Nullable String header, Duration most) {
        Matcher wait = WAIT.matcher(header == null ? "" : header);
        if (!wait.find()) {
            return Duration.ZERO;
        }
        Duration wished = Duration.ofSeconds(Long.parseLong(wait.group(1)));
        return wished.compareTo(most) < 0 ? wished : most;
    }
}
