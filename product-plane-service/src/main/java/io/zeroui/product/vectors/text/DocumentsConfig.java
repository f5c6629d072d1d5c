package io.zeroui.product.vectors.text;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How large documents may be. */
@ConfigMapping(prefix = "zeroui.vectors.documents")
public interface DocumentsConfig {

    /** Most characters of a document. */
    @WithDefault("1000000")
    int charactersMost();

    /** Most chunks of a document: they are written all at once. */
    @WithDefault("1000")
    int chunksMost();

    /** Most documents that are written at once; further ones are refused. */
    @WithDefault("16")
    int written();

    /** Most of one tenant. */
    @WithDefault("4")
    int writtenOfTenant();
}
