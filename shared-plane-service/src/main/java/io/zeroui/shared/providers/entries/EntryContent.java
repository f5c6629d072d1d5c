package io.zeroui.shared.providers.entries;

/** What a document says, without its signature. */
public sealed interface EntryContent permits ProviderContent, ModelContent, AdapterContent {

    /** What it is about. */
    EntryKind kind();

    /** Which one, a name of {@link io.zeroui.contracts.rulings.names.ResourceName}. */
    String name();

    /** Its version. */
    String version();
}
