/**
 * What can be registered: providers, models (and tools), adapters. A version of one is a JSON document that the holder of its namespace has
 * signed and that never changes. Documents have declared members only, and no key, secret, personal data, source code or weight. No I/O.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.shared.providers.entries;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
