package io.zeroui.tenant.evidence.merkle;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A log's files say something that no crash leaves behind. Nothing may be appended to it. */
final class LogBroken extends IOException {

    private static final long serialVersionUID = 1L;

    LogBroken(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
