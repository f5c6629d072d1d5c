package io.zeroui.shared.supplychain.vex;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document with statements on vulnerabilities, as it was read.
 *
 * @param format {@code openvex}, {@code cyclonedx} or {@code csaf}
 * @param id what the document calls itself
 * @param author who states
 * @param statedAt when; null where the document does not say
 * @param statements each about one vulnerability in one product
 */
record VexDocument(String format, @Nullable String id, String author, @Nullable Instant statedAt, List<Statement> statements) {

    /**
     * One statement.
     *
     * @param vulnerability for example CVE-2021-44228
     * @param product package URL or identifier of the product
     * @param subcomponent package URL or identifier of the component of it; empty where it is about the product
     * @param status {@code affected}, {@code not_affected}, {@code fixed} or {@code under_investigation}
     * @param justification why it is not affected
     * @param detail what the author adds
     * @param statedAt when; null where it is the document's time
     */
    record Statement(String vulnerability, String product, String subcomponent, String status, @Nullable String justification, @Nullable String detail,
            @Nullable Instant statedAt) {
    }
}
