/**
 * The registry of providers, models and adapters, and the rules by which tenants may use them. Its truth is the journal of the area
 * {@code provider-registry}; {@link io.zeroui.shared.providers.RegistryKeeper} holds what the acts come to in memory, and decisions are
 * answered from there. Tables are in {@code providers.index}, the signed document for other planes in {@code providers.publication}.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.shared.providers;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
