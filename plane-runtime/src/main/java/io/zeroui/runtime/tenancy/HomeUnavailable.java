package io.zeroui.runtime.tenancy;

import java.io.IOException;

/** The database in which a tenant lives is not known here, or not ready; time or an operator mends it. */
public final class HomeUnavailable extends IOException {

    private static final long serialVersionUID = 1L;

    HomeUnavailable(String reason) {
        super(reason);
    }
}
