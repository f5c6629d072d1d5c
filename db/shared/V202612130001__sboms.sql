-- Bills of materials and their components. Computed from the journal and the objects of security/sbom; ids are acts' numbers and hashes of content.

CREATE TABLE app.sboms (
    sbom_id         bigint      NOT NULL PRIMARY KEY,
    digest          text        NOT NULL UNIQUE CHECK (digest ~ '^[0-9a-f]{64}$'),
    format          text        NOT NULL,
    spec_version    text        NOT NULL,
    serial          text,
    project         text        COLLATE "C" NOT NULL,
    release         text        NOT NULL,
    subject_name    text,
    subject_version text,
    subject_purl    text,
    bytes           bigint      NOT NULL,
    components      integer     NOT NULL,
    dependencies    integer     NOT NULL,
    findings        text[]      NOT NULL,
    added_at        timestamptz NOT NULL,
    added_by        text        NOT NULL
);

CREATE INDEX sboms_project ON app.sboms (project, sbom_id);
CREATE INDEX sboms_release ON app.sboms (project, release, sbom_id);

COMMENT ON TABLE app.sboms IS 'Bills of materials; the documents themselves are objects of security/sbom';
COMMENT ON COLUMN app.sboms.sbom_id IS 'Number of the act that brought it';
COMMENT ON COLUMN app.sboms.digest IS 'SHA-256 of the document';
COMMENT ON COLUMN app.sboms.format IS 'What it is written in, for example cyclonedx-json';
COMMENT ON COLUMN app.sboms.spec_version IS 'Version of the format''s specification';
COMMENT ON COLUMN app.sboms.serial IS 'What the document calls itself';
COMMENT ON COLUMN app.sboms.project IS 'What it is about, as the caller or the document says';
COMMENT ON COLUMN app.sboms.release IS 'Which version of that, as the caller or the document says; empty where nobody says';
COMMENT ON COLUMN app.sboms.subject_name IS 'What the document is about, as it says';
COMMENT ON COLUMN app.sboms.subject_version IS 'Which version of that, as it says';
COMMENT ON COLUMN app.sboms.subject_purl IS 'Package URL of what the document is about';
COMMENT ON COLUMN app.sboms.bytes IS 'Length of the document';
COMMENT ON COLUMN app.sboms.components IS 'How many components it has';
COMMENT ON COLUMN app.sboms.dependencies IS 'How many dependencies it has';
COMMENT ON COLUMN app.sboms.findings IS 'What is odd in it, in words';
COMMENT ON COLUMN app.sboms.added_at IS 'When it was added';
COMMENT ON COLUMN app.sboms.added_by IS 'Who added it';

CREATE TABLE app.components (
    component_id uuid   NOT NULL PRIMARY KEY,
    coordinate   text   COLLATE "C" NOT NULL,
    version_key  text   COLLATE "C" NOT NULL,
    purl         text   COLLATE "C",
    purl_type    text,
    kind         text   NOT NULL,
    group_name   text,
    name         text   NOT NULL,
    name_key     text   COLLATE "C" NOT NULL,
    version      text,
    supplier     text,
    licences     text[] NOT NULL,
    hashes       text[] NOT NULL
);

CREATE INDEX components_coordinate ON app.components (coordinate, version_key, component_id);
CREATE INDEX components_purl ON app.components (purl, component_id) WHERE purl IS NOT NULL;
CREATE INDEX components_name ON app.components (name_key, component_id);

COMMENT ON TABLE app.components IS 'Components, each once however many bills of materials have it';
COMMENT ON COLUMN app.components.component_id IS 'The first half of the SHA-256 of all other columns'' content';
COMMENT ON COLUMN app.components.coordinate IS 'What stays the same from version to version: package URL without version, qualifiers and subpath, else group and name';
COMMENT ON COLUMN app.components.version_key IS 'The version as a text that sorts as versions do';
COMMENT ON COLUMN app.components.purl IS 'Package URL, canonical';
COMMENT ON COLUMN app.components.purl_type IS 'Type of the package URL, for example npm';
COMMENT ON COLUMN app.components.kind IS 'What it is, for example library';
COMMENT ON COLUMN app.components.group_name IS 'What its name is in, for example a Maven group';
COMMENT ON COLUMN app.components.name IS 'Its name';
COMMENT ON COLUMN app.components.name_key IS 'The beginning of its name in lower case';
COMMENT ON COLUMN app.components.version IS 'Its version';
COMMENT ON COLUMN app.components.supplier IS 'Who supplies it';
COMMENT ON COLUMN app.components.licences IS 'SPDX identifiers, expressions or names';
COMMENT ON COLUMN app.components.hashes IS 'algorithm:hex';

CREATE TABLE app.component_licences (
    licence      text COLLATE "C" NOT NULL,
    component_id uuid NOT NULL,
    PRIMARY KEY (licence, component_id)
);

COMMENT ON TABLE app.component_licences IS 'Which components have a licence';
COMMENT ON COLUMN app.component_licences.licence IS 'SPDX identifier, expression or name';
COMMENT ON COLUMN app.component_licences.component_id IS 'The component';

CREATE TABLE app.component_hashes (
    hash         text COLLATE "C" NOT NULL,
    component_id uuid NOT NULL,
    PRIMARY KEY (hash, component_id)
);

COMMENT ON TABLE app.component_hashes IS 'Which components have a hash';
COMMENT ON COLUMN app.component_hashes.hash IS 'algorithm:hex';
COMMENT ON COLUMN app.component_hashes.component_id IS 'The component';

CREATE TABLE app.sbom_components (
    sbom_id      bigint  NOT NULL,
    ordinal      integer NOT NULL,
    component_id uuid    NOT NULL,
    ref          text    NOT NULL,
    depth        integer,
    via          integer,
    PRIMARY KEY (sbom_id, ordinal)
);

CREATE INDEX sbom_components_component ON app.sbom_components (component_id, sbom_id, ordinal);

COMMENT ON TABLE app.sbom_components IS 'Where components are';
COMMENT ON COLUMN app.sbom_components.sbom_id IS 'In which bill of materials';
COMMENT ON COLUMN app.sbom_components.ordinal IS 'At which place';
COMMENT ON COLUMN app.sbom_components.component_id IS 'Which component';
COMMENT ON COLUMN app.sbom_components.ref IS 'Its reference there';
COMMENT ON COLUMN app.sbom_components.depth IS 'Length of a shortest way from the root; null where there is none';
COMMENT ON COLUMN app.sbom_components.via IS 'Place of the one before it on such a way; null for a root';

CREATE TABLE app.sbom_dependencies (
    sbom_id bigint  NOT NULL,
    child   integer NOT NULL,
    parent  integer NOT NULL,
    PRIMARY KEY (sbom_id, child, parent)
);

CREATE INDEX sbom_dependencies_parent ON app.sbom_dependencies (sbom_id, parent, child);

COMMENT ON TABLE app.sbom_dependencies IS 'Which component depends on which, or contains it';
COMMENT ON COLUMN app.sbom_dependencies.sbom_id IS 'In which bill of materials';
COMMENT ON COLUMN app.sbom_dependencies.child IS 'Place of the component that is depended on';
COMMENT ON COLUMN app.sbom_dependencies.parent IS 'Place of the dependent';

GRANT SELECT, INSERT ON app.sboms, app.components, app.component_licences, app.component_hashes, app.sbom_components, app.sbom_dependencies
    TO zeroui_shared_user;
