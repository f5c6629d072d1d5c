package io.zeroui.product.vectors;

import io.zeroui.product.vectors.model.CollectionName;

/** One step of a change of aliases; all steps of a change happen at once. */
public sealed interface AliasChange {

    /** From now on the alias means the collection, whatever it meant. */
    record Put(CollectionName alias, CollectionName collection) implements AliasChange {
    }

    /** The alias goes. */
    record Delete(CollectionName alias) implements AliasChange {
    }

    /** The alias gets another name. */
    record Rename(CollectionName from, CollectionName to) implements AliasChange {
    }
}
