/** Exports over HTTP: asking for them, looking at them, and fetching their files, with a credential or by a link. */
@NullMarked
@CheckReturnValue
package io.zeroui.tenant.evidence.export.http;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
