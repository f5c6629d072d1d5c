package io.zeroui.shared.supplychain.sbom.model;

import java.util.Locale;

/** The formats that are read. */
public enum SbomFormat {
    /** CycloneDX 1.4 to 1.7 in JSON. */
    CYCLONEDX_JSON("application/vnd.cyclonedx+json", "json"),
    /** CycloneDX 1.4 to 1.7 in XML. */
    CYCLONEDX_XML("application/vnd.cyclonedx+xml", "xml"),
    /** SPDX 2.2 and 2.3 in JSON. */
    SPDX_JSON("application/spdx+json", "json"),
    /** SPDX 2.2 and 2.3 in XML. */
    SPDX_XML("application/xml", "xml"),
    /** SPDX 2.2 and 2.3 in tags and values. */
    SPDX_TAG_VALUE("text/spdx", "spdx"),
    /** SPDX 3.0 in JSON-LD. */
    SPDX_JSON_LD("application/ld+json", "json");

    private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final String mediaType;
    private final String extension;

    SbomFormat(String mediaType, String extension) {
        this.mediaType = mediaType;
        this.extension = extension;
    }

    /** As it is written in tables and answers, for example {@code cyclonedx-json}. */
    public String text() {
        return text;
    }

    /** Media type of an export. */
    public String mediaType() {
        return mediaType;
    }

    /** What a file of it ends with, without the dot. */
    public String extension() {
        return extension;
    }

    /** Whether a library holds the whole document in memory. */
    public boolean isHeldWhole() {
        return this != CYCLONEDX_JSON && this != CYCLONEDX_XML;
    }

    /**
     * The format of a text.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static SbomFormat of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
