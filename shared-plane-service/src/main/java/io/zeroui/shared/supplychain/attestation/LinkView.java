package io.zeroui.shared.supplychain.attestation;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;

/**
 * That a subject of an attestation is something that is known here.
 *
 * @param kind {@code adapter}, {@code emitter} or {@code sbom}
 * @param target {@code adapter-id@version}, an emitter's kid, or an object's SHA-256 in hex
 * @param digest the subject's
 * @param linkedBy which caller said so, or brought the attestation that says so
 * @param linkedAt when
 */
@JsonNaming(SnakeCaseStrategy.class)
public record LinkView(String kind, String target, String digest, String linkedBy, Instant linkedAt) {
}
