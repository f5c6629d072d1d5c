/**
 * Tenants and edges: what the product plane's registry offers, and the edges' own logins of Redis, which only operators can
 * make. Reads and writes the product plane's HTTP API and the rules of Redis.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.cli.tenants;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
