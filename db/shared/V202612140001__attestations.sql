-- Attestations and whose are trusted: an index of the journal and the documents below security/supply-chain.

CREATE TABLE app.attestation_trust (
    version     bigint      NOT NULL PRIMARY KEY CHECK (version > 0),
    document    text        NOT NULL CHECK (document ~ '^[0-9a-f]{64}$'),
    note        text        NOT NULL,
    set_by      text        NOT NULL,
    set_at      timestamptz NOT NULL
);

COMMENT ON TABLE app.attestation_trust IS 'Trust roots: whose attestations are believed; the highest version counts';
COMMENT ON COLUMN app.attestation_trust.version IS 'Which trust root, from 1';
COMMENT ON COLUMN app.attestation_trust.document IS 'SHA-256 of the document that says it';
COMMENT ON COLUMN app.attestation_trust.note IS 'Why it was set';
COMMENT ON COLUMN app.attestation_trust.set_by IS 'Which caller set it';
COMMENT ON COLUMN app.attestation_trust.set_at IS 'When it was set';

CREATE TABLE app.attestations (
    id             text        NOT NULL PRIMARY KEY CHECK (id ~ '^[0-9a-f]{64}$'),
    number         bigint      NOT NULL UNIQUE,
    changed        bigint      NOT NULL,
    size           bigint      NOT NULL,
    form           text        NOT NULL,
    payload_type   text,
    predicate_type text,
    builder        text,
    build_type     text,
    source         text,
    added_by       text        NOT NULL,
    added_at       timestamptz NOT NULL,
    trust_version  bigint      NOT NULL,
    verified       boolean     NOT NULL,
    signer         text,
    result         jsonb       NOT NULL,
    CHECK (NOT verified OR signer IS NOT NULL)
);

CREATE INDEX attestations_predicate_type ON app.attestations (predicate_type, number DESC);
CREATE INDEX attestations_builder ON app.attestations (builder, number DESC) WHERE builder IS NOT NULL;
CREATE INDEX attestations_signer ON app.attestations (signer, number DESC) WHERE signer IS NOT NULL;
CREATE INDEX attestations_trust_version ON app.attestations (trust_version, number);

COMMENT ON TABLE app.attestations IS 'Attestations by content, and what the newest verification found';
COMMENT ON COLUMN app.attestations.id IS 'SHA-256 of the document';
COMMENT ON COLUMN app.attestations.number IS 'Act by which it came; pages are in this order';
COMMENT ON COLUMN app.attestations.changed IS 'Newest act about it';
COMMENT ON COLUMN app.attestations.size IS 'Bytes of the document';
COMMENT ON COLUMN app.attestations.form IS 'dsse or sigstore_bundle';
COMMENT ON COLUMN app.attestations.payload_type IS 'Type of what an envelope carries; null where there is no envelope';
COMMENT ON COLUMN app.attestations.predicate_type IS 'What kind of thing it says; null where it is no statement';
COMMENT ON COLUMN app.attestations.builder IS 'Who built, as SLSA provenance says';
COMMENT ON COLUMN app.attestations.build_type IS 'How, as SLSA provenance says';
COMMENT ON COLUMN app.attestations.source IS 'From what, as SLSA provenance says';
COMMENT ON COLUMN app.attestations.added_by IS 'Which caller brought it';
COMMENT ON COLUMN app.attestations.added_at IS 'When it came';
COMMENT ON COLUMN app.attestations.trust_version IS 'Trust root of the newest verification; 0 for nobody''s';
COMMENT ON COLUMN app.attestations.verified IS 'What the newest verification found';
COMMENT ON COLUMN app.attestations.signer IS 'Identity or kid of who has verifiably signed; null while not verified';
COMMENT ON COLUMN app.attestations.result IS 'The newest verification: reasons, signers, time of signing';

CREATE TABLE app.attestation_subjects (
    attestation text   NOT NULL,
    digest      text   NOT NULL,
    name        text   NOT NULL,
    number      bigint NOT NULL,
    PRIMARY KEY (attestation, digest, name)
);

CREATE INDEX attestation_subjects_digest ON app.attestation_subjects (digest, number DESC);

COMMENT ON TABLE app.attestation_subjects IS 'What attestations are about, by each of its digests';
COMMENT ON COLUMN app.attestation_subjects.attestation IS 'Which attestation';
COMMENT ON COLUMN app.attestation_subjects.digest IS 'Algorithm, colon, lower-case hex';
COMMENT ON COLUMN app.attestation_subjects.name IS 'What the attestation calls it, its first 300 characters; may be empty';
COMMENT ON COLUMN app.attestation_subjects.number IS 'Act by which the attestation came';

CREATE TABLE app.attestation_results (
    attestation   text        NOT NULL,
    number        bigint      NOT NULL,
    trust_version bigint      NOT NULL,
    verified      boolean     NOT NULL,
    result        jsonb       NOT NULL,
    checked_by    text        NOT NULL,
    checked_at    timestamptz NOT NULL,
    PRIMARY KEY (attestation, number)
);

COMMENT ON TABLE app.attestation_results IS 'Every verification, under the trust root of its time; only added to';
COMMENT ON COLUMN app.attestation_results.attestation IS 'Which attestation';
COMMENT ON COLUMN app.attestation_results.number IS 'Act by which the result came';
COMMENT ON COLUMN app.attestation_results.trust_version IS 'Under which trust root; 0 for nobody''s';
COMMENT ON COLUMN app.attestation_results.verified IS 'What it found';
COMMENT ON COLUMN app.attestation_results.result IS 'Reasons, signers, time of signing';
COMMENT ON COLUMN app.attestation_results.checked_by IS 'Which caller asked for it, or the plane itself';
COMMENT ON COLUMN app.attestation_results.checked_at IS 'When it was made';

CREATE TABLE app.attestation_links (
    kind        text        NOT NULL CHECK (kind IN ('adapter', 'emitter', 'sbom')),
    target      text        NOT NULL,
    attestation text        NOT NULL,
    digest      text        NOT NULL,
    number      bigint      NOT NULL,
    linked_by   text        NOT NULL,
    linked_at   timestamptz NOT NULL,
    PRIMARY KEY (kind, target, attestation, digest)
);

CREATE INDEX attestation_links_attestation ON app.attestation_links (attestation);

COMMENT ON TABLE app.attestation_links IS 'Which subject of which attestation is which adapter, emitter or bill of materials';
COMMENT ON COLUMN app.attestation_links.kind IS 'adapter, emitter or sbom';
COMMENT ON COLUMN app.attestation_links.target IS 'adapter-id@version, an emitter''s kid, or an object''s SHA-256';
COMMENT ON COLUMN app.attestation_links.attestation IS 'Which attestation';
COMMENT ON COLUMN app.attestation_links.digest IS 'Which of its subjects';
COMMENT ON COLUMN app.attestation_links.number IS 'Act by which the attestation came';
COMMENT ON COLUMN app.attestation_links.linked_by IS 'Which caller said so, or brought the attestation that says so';
COMMENT ON COLUMN app.attestation_links.linked_at IS 'When it was said';

GRANT SELECT, INSERT ON app.attestation_trust, app.attestations, app.attestation_subjects, app.attestation_results,
    app.attestation_links TO zeroui_shared_user;
GRANT UPDATE ON app.attestations TO zeroui_shared_user;
