-- The registry of providers as its journal makes it: for lists, filters and the audit of who did what. Decisions are answered from memory.

CREATE TABLE app.provider_namespaces (
    namespace  text        NOT NULL PRIMARY KEY,
    public_key text        NOT NULL,
    kid        text        NOT NULL,
    act        bigint      NOT NULL,
    granted_at timestamptz NOT NULL,
    granted_by text        NOT NULL,
    reason     text        NOT NULL
);

COMMENT ON TABLE app.provider_namespaces IS 'Namespaces that somebody has proven to be his';
COMMENT ON COLUMN app.provider_namespaces.namespace IS 'A name; whoever holds it may register it and everything below';
COMMENT ON COLUMN app.provider_namespaces.public_key IS 'Ed25519 public key that signs documents of the namespace, raw, base64';
COMMENT ON COLUMN app.provider_namespaces.kid IS 'How that key is named in signatures';
COMMENT ON COLUMN app.provider_namespaces.act IS 'Number of the act that granted it';
COMMENT ON COLUMN app.provider_namespaces.granted_at IS 'When it was granted';
COMMENT ON COLUMN app.provider_namespaces.granted_by IS 'Who granted it';
COMMENT ON COLUMN app.provider_namespaces.reason IS 'Why';

CREATE TABLE app.provider_entries (
    kind          text        NOT NULL CHECK (kind IN ('provider', 'model', 'adapter')),
    name          text        NOT NULL COLLATE "C",
    version       text        NOT NULL COLLATE "C",
    namespace     text        NOT NULL,
    provider      text,
    kid           text        NOT NULL,
    sha256        text        NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    document      text        NOT NULL,
    standing      text        NOT NULL CHECK (standing IN ('active', 'deprecated', 'revoked')),
    sunset        timestamptz,
    reason        text        NOT NULL,
    act           bigint      NOT NULL,
    registered_at timestamptz NOT NULL,
    registered_by text        NOT NULL,
    changed_act   bigint      NOT NULL,
    PRIMARY KEY (kind, name, version)
);

COMMENT ON TABLE app.provider_entries IS 'Versions of providers, models and adapters; a version''s document never changes';
COMMENT ON COLUMN app.provider_entries.kind IS 'provider, model (or tool) or adapter';
COMMENT ON COLUMN app.provider_entries.name IS 'Which one';
COMMENT ON COLUMN app.provider_entries.version IS 'Its version';
COMMENT ON COLUMN app.provider_entries.namespace IS 'The namespace whose holder signed the document';
COMMENT ON COLUMN app.provider_entries.provider IS 'Of a model, whose it is';
COMMENT ON COLUMN app.provider_entries.kid IS 'The key that signed the document';
COMMENT ON COLUMN app.provider_entries.sha256 IS 'SHA-256 of the document''s canonical form';
COMMENT ON COLUMN app.provider_entries.document IS 'The signed document, canonical JSON';
COMMENT ON COLUMN app.provider_entries.standing IS 'How the version itself stands';
COMMENT ON COLUMN app.provider_entries.sunset IS 'From when it must not be used any more';
COMMENT ON COLUMN app.provider_entries.reason IS 'Why it stands so; empty where nobody has changed that';
COMMENT ON COLUMN app.provider_entries.act IS 'Number of the act that registered it';
COMMENT ON COLUMN app.provider_entries.registered_at IS 'When it was registered';
COMMENT ON COLUMN app.provider_entries.registered_by IS 'Who registered it';
COMMENT ON COLUMN app.provider_entries.changed_act IS 'Number of the last act about this version';

CREATE TABLE app.provider_standings (
    kind     text        NOT NULL CHECK (kind IN ('provider', 'model', 'adapter')),
    name     text        NOT NULL,
    standing text        NOT NULL CHECK (standing IN ('active', 'deprecated', 'revoked')),
    sunset   timestamptz,
    reason   text        NOT NULL,
    act      bigint      NOT NULL,
    PRIMARY KEY (kind, name)
);

COMMENT ON TABLE app.provider_standings IS 'How names as a whole stand: all their versions, those to come too';
COMMENT ON COLUMN app.provider_standings.kind IS 'provider, model or adapter';
COMMENT ON COLUMN app.provider_standings.name IS 'Which one';
COMMENT ON COLUMN app.provider_standings.standing IS 'How it stands';
COMMENT ON COLUMN app.provider_standings.sunset IS 'From when it must not be used any more';
COMMENT ON COLUMN app.provider_standings.reason IS 'Why';
COMMENT ON COLUMN app.provider_standings.act IS 'Number of the act that said so';

CREATE TABLE app.provider_rules (
    id      text        NOT NULL COLLATE "C" PRIMARY KEY,
    version integer     NOT NULL,
    tenant  text,
    rule    text        NOT NULL,
    reason  text        NOT NULL,
    act     bigint      NOT NULL,
    set_at  timestamptz NOT NULL,
    set_by  text        NOT NULL
);

CREATE INDEX provider_rules_tenant ON app.provider_rules (tenant, id);

COMMENT ON TABLE app.provider_rules IS 'Rules that count, by which tenants may use models';
COMMENT ON COLUMN app.provider_rules.id IS 'Which rule';
COMMENT ON COLUMN app.provider_rules.version IS 'Its version; every change is another one';
COMMENT ON COLUMN app.provider_rules.tenant IS 'Whose; absent for the organisation''s';
COMMENT ON COLUMN app.provider_rules.rule IS 'The rule, JSON';
COMMENT ON COLUMN app.provider_rules.reason IS 'Why';
COMMENT ON COLUMN app.provider_rules.act IS 'Number of the act that set this version';
COMMENT ON COLUMN app.provider_rules.set_at IS 'When it was set';
COMMENT ON COLUMN app.provider_rules.set_by IS 'Who set it';

CREATE TABLE app.provider_history (
    act     bigint      NOT NULL PRIMARY KEY,
    at      timestamptz NOT NULL,
    by      text        NOT NULL,
    kind    text        NOT NULL,
    subject text        NOT NULL,
    detail  text        NOT NULL
);

CREATE INDEX provider_history_subject ON app.provider_history (subject, act);

COMMENT ON TABLE app.provider_history IS 'Every act of the registry: who did what, when and why';
COMMENT ON COLUMN app.provider_history.act IS 'Number of the act';
COMMENT ON COLUMN app.provider_history.at IS 'When';
COMMENT ON COLUMN app.provider_history.by IS 'Who';
COMMENT ON COLUMN app.provider_history.kind IS 'What was done, for example rule-set';
COMMENT ON COLUMN app.provider_history.subject IS 'What it was about, for example model/acme/chat@1.0 or rule/no-export';
COMMENT ON COLUMN app.provider_history.detail IS 'Everything else of the act, JSON';

GRANT SELECT, INSERT, UPDATE, DELETE ON app.provider_namespaces, app.provider_entries, app.provider_standings, app.provider_rules,
    app.provider_history TO zeroui_shared_user;
