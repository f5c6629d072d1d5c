package io.zeroui.contracts.rulings.providers;

import org.jspecify.annotations.Nullable;

/**
 * The answer to a question.
 *
 * @param allowed whether it may
 * @param ground what decided
 * @param rule {@code {id}@{version}} of the rule that decided; null where none did
 * @param scope whose rule that is: {@code organisation}, or {@code tenant}; null where none decided
 * @param model {@code {name}@{version}} of the model that the answer is about; null where none was found
 * @param adapter {@code {name}@{version}} of the adapter that the answer is about; null where none was found
 * @param modelDeprecated whether the model's version should be left behind
 * @param adapterDeprecated whether the adapter's version should be left behind
 */
public record ProviderDecision(boolean allowed, Ground ground, @Nullable String rule, @Nullable String scope, @Nullable String model,
        @Nullable String adapter, boolean modelDeprecated, boolean adapterDeprecated) {
}
