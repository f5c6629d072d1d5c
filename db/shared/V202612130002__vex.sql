-- Statements on whether vulnerabilities can be exploited in products. Computed from the journal and the objects of security/sbom.

CREATE TABLE app.vex_documents (
    vex_id      bigint      NOT NULL PRIMARY KEY,
    digest      text        NOT NULL UNIQUE CHECK (digest ~ '^[0-9a-f]{64}$'),
    format      text        NOT NULL,
    document_id text,
    author      text        NOT NULL,
    stated_at   timestamptz NOT NULL,
    bytes       bigint      NOT NULL,
    statements  integer     NOT NULL,
    added_at    timestamptz NOT NULL,
    added_by    text        NOT NULL
);

COMMENT ON TABLE app.vex_documents IS 'Documents with statements on vulnerabilities; the documents themselves are objects of security/sbom';
COMMENT ON COLUMN app.vex_documents.vex_id IS 'Number of the act that brought it';
COMMENT ON COLUMN app.vex_documents.digest IS 'SHA-256 of the document';
COMMENT ON COLUMN app.vex_documents.format IS 'openvex, cyclonedx or csaf';
COMMENT ON COLUMN app.vex_documents.document_id IS 'What the document calls itself';
COMMENT ON COLUMN app.vex_documents.author IS 'Who states, as the document says';
COMMENT ON COLUMN app.vex_documents.stated_at IS 'When, as the document says';
COMMENT ON COLUMN app.vex_documents.bytes IS 'Length of the document';
COMMENT ON COLUMN app.vex_documents.statements IS 'How many statements it comes to, each about one vulnerability in one product';
COMMENT ON COLUMN app.vex_documents.added_at IS 'When it was added';
COMMENT ON COLUMN app.vex_documents.added_by IS 'Who added it';

CREATE TABLE app.vex_statements (
    vex_id        bigint      NOT NULL,
    ordinal       integer     NOT NULL,
    author        text        NOT NULL,
    vulnerability text        COLLATE "C" NOT NULL,
    product       text        NOT NULL,
    subcomponent  text        NOT NULL,
    coordinate    text        COLLATE "C" NOT NULL,
    status        text        NOT NULL CHECK (status IN ('affected', 'not_affected', 'fixed', 'under_investigation')),
    justification text,
    detail        text,
    stated_at     timestamptz NOT NULL,
    PRIMARY KEY (vex_id, ordinal)
);

CREATE INDEX vex_statements_coordinate ON app.vex_statements (coordinate, vulnerability);
CREATE INDEX vex_statements_vulnerability ON app.vex_statements (vulnerability, vex_id, ordinal);

COMMENT ON TABLE app.vex_statements IS 'Statements, each about one vulnerability in one product or component; the newest of an author counts';
COMMENT ON COLUMN app.vex_statements.vex_id IS 'Whose document it is in';
COMMENT ON COLUMN app.vex_statements.ordinal IS 'Its place there';
COMMENT ON COLUMN app.vex_statements.author IS 'Who states';
COMMENT ON COLUMN app.vex_statements.vulnerability IS 'For example CVE-2021-44228';
COMMENT ON COLUMN app.vex_statements.product IS 'Package URL or identifier of the product';
COMMENT ON COLUMN app.vex_statements.subcomponent IS 'Package URL of the component of that product that it is about; empty where it is about the product';
COMMENT ON COLUMN app.vex_statements.coordinate IS 'Package URL without version of the component it is about';
COMMENT ON COLUMN app.vex_statements.status IS 'affected, not_affected, fixed or under_investigation';
COMMENT ON COLUMN app.vex_statements.justification IS 'Why it is not affected';
COMMENT ON COLUMN app.vex_statements.detail IS 'What the author adds, or recommends';
COMMENT ON COLUMN app.vex_statements.stated_at IS 'When it is stated';

GRANT SELECT, INSERT ON app.vex_documents, app.vex_statements TO zeroui_shared_user;
