-- Evaluations: datasets, suites and gates in versions; runs with items and scores; verdicts of gates. All computed from the journals eval/harness and
-- eval/results and the objects that they name. Texts that went into a model or came out of it are not here.

CREATE TABLE app.evaluation_documents (
    kind       text        NOT NULL CHECK (kind IN ('dataset', 'suite', 'gate')),
    name       text        NOT NULL,
    version    bigint      NOT NULL CHECK (version > 0),
    digest     text        NOT NULL,
    document   jsonb       NOT NULL,
    created_at timestamptz NOT NULL,
    created_by text        NOT NULL,
    PRIMARY KEY (kind, name, version)
);

COMMENT ON TABLE app.evaluation_documents IS 'Every version of every dataset, suite and gate';
COMMENT ON COLUMN app.evaluation_documents.kind IS 'dataset, suite or gate';
COMMENT ON COLUMN app.evaluation_documents.name IS 'Its name, unique within the kind';
COMMENT ON COLUMN app.evaluation_documents.version IS 'From 1, without gaps';
COMMENT ON COLUMN app.evaluation_documents.digest IS 'SHA-256 of what it says: of a dataset its object, of others their canonical JSON';
COMMENT ON COLUMN app.evaluation_documents.document IS 'What it says';
COMMENT ON COLUMN app.evaluation_documents.created_at IS 'When the version was written';
COMMENT ON COLUMN app.evaluation_documents.created_by IS 'Who wrote it';

CREATE TABLE app.evaluation_fixtures (
    dataset_digest text   NOT NULL,
    fixture        text   NOT NULL,
    content_sha256 text   NOT NULL,
    tags           text[] NOT NULL,
    PRIMARY KEY (dataset_digest, fixture)
);

COMMENT ON TABLE app.evaluation_fixtures IS 'The fixtures of datasets; their texts are in the dataset''s object alone';
COMMENT ON COLUMN app.evaluation_fixtures.dataset_digest IS 'SHA-256 of the dataset''s object';
COMMENT ON COLUMN app.evaluation_fixtures.fixture IS 'Id of the fixture, and of the item that a run has of it';
COMMENT ON COLUMN app.evaluation_fixtures.content_sha256 IS 'SHA-256 of its canonical JSON';
COMMENT ON COLUMN app.evaluation_fixtures.tags IS 'By which gates and readers choose items';

CREATE TABLE app.evaluation_runs (
    number      bigint      PRIMARY KEY,
    run_id      text        NOT NULL UNIQUE,
    suite       text        NOT NULL,
    results     text        NOT NULL,
    document    jsonb       NOT NULL,
    recorded_at timestamptz NOT NULL,
    recorded_by text        NOT NULL
);

CREATE INDEX evaluation_runs_suite ON app.evaluation_runs (suite, number DESC);

COMMENT ON TABLE app.evaluation_runs IS 'Runs of suites, with the digests of dataset, code and model that they were made with';
COMMENT ON COLUMN app.evaluation_runs.number IS 'Number of the act that recorded it';
COMMENT ON COLUMN app.evaluation_runs.run_id IS 'The beginning of a SHA-256 over results, suite and pinned digests: the same run is recorded once';
COMMENT ON COLUMN app.evaluation_runs.suite IS 'What was run';
COMMENT ON COLUMN app.evaluation_runs.results IS 'SHA-256 of the object with its items';
COMMENT ON COLUMN app.evaluation_runs.document IS 'Pinned digests, counts, the source file by reference, means of its scores';
COMMENT ON COLUMN app.evaluation_runs.recorded_at IS 'When it was recorded';
COMMENT ON COLUMN app.evaluation_runs.recorded_by IS 'Who brought it in';

CREATE TABLE app.evaluation_items (
    run_number bigint NOT NULL,
    item       text   NOT NULL,
    tags       text[] NOT NULL,
    epochs     int    NOT NULL,
    errors     int    NOT NULL,
    outcomes   jsonb  NOT NULL,
    PRIMARY KEY (run_number, item)
);

COMMENT ON TABLE app.evaluation_items IS 'What became of the items of runs';
COMMENT ON COLUMN app.evaluation_items.run_number IS 'The run';
COMMENT ON COLUMN app.evaluation_items.item IS 'Id of the item, the same in every run of the suite';
COMMENT ON COLUMN app.evaluation_items.tags IS 'Tags of the item';
COMMENT ON COLUMN app.evaluation_items.epochs IS 'How often it was run';
COMMENT ON COLUMN app.evaluation_items.errors IS 'How often that failed';
COMMENT ON COLUMN app.evaluation_items.outcomes IS 'Per epoch: scores with reasons, error, hashes of what went in and came out';

CREATE TABLE app.evaluation_scores (
    run_number bigint   NOT NULL,
    score      text     NOT NULL,
    item       text     NOT NULL,
    readings   float8[] NOT NULL,
    passes     int      NOT NULL,
    tags       text[]   NOT NULL,
    PRIMARY KEY (run_number, score, item)
);

COMMENT ON TABLE app.evaluation_scores IS 'The items of runs by score: what comparisons and gates read';
COMMENT ON COLUMN app.evaluation_scores.run_number IS 'The run';
COMMENT ON COLUMN app.evaluation_scores.score IS 'Name of the score';
COMMENT ON COLUMN app.evaluation_scores.item IS 'Id of the item';
COMMENT ON COLUMN app.evaluation_scores.readings IS 'One value of each epoch that has one';
COMMENT ON COLUMN app.evaluation_scores.passes IS 'In how many of them it passed; -1 where the grader does not say';
COMMENT ON COLUMN app.evaluation_scores.tags IS 'Tags of the item';

CREATE TABLE app.evaluation_artifacts (
    run_number bigint      NOT NULL,
    name       text        NOT NULL,
    document   jsonb       NOT NULL,
    added_at   timestamptz NOT NULL,
    added_by   text        NOT NULL,
    PRIMARY KEY (run_number, name)
);

COMMENT ON TABLE app.evaluation_artifacts IS 'What else there is of a run, elsewhere: named by its hash and place';
COMMENT ON COLUMN app.evaluation_artifacts.run_number IS 'The run';
COMMENT ON COLUMN app.evaluation_artifacts.name IS 'Its name, unique in the run';
COMMENT ON COLUMN app.evaluation_artifacts.document IS 'SHA-256, length, media type and place';
COMMENT ON COLUMN app.evaluation_artifacts.added_at IS 'When it was named';
COMMENT ON COLUMN app.evaluation_artifacts.added_by IS 'Who named it';

CREATE TABLE app.evaluation_verdicts (
    number          bigint      PRIMARY KEY,
    gate            text        NOT NULL,
    gate_version    bigint      NOT NULL,
    subject_kind    text        NOT NULL,
    subject_id      text        NOT NULL,
    subject_version text        NOT NULL,
    passed          boolean     NOT NULL,
    run_id          text        NOT NULL,
    baseline        text,
    reasons         jsonb       NOT NULL,
    decided_at      timestamptz NOT NULL,
    decided_by      text        NOT NULL,
    expires_at      timestamptz NOT NULL
);

CREATE INDEX evaluation_verdicts_subject ON app.evaluation_verdicts (gate, subject_kind, subject_id, subject_version, number DESC);
CREATE INDEX evaluation_verdicts_expiry ON app.evaluation_verdicts (expires_at);

COMMENT ON TABLE app.evaluation_verdicts IS 'What gates have decided about models, policies, prompts and agents';
COMMENT ON COLUMN app.evaluation_verdicts.number IS 'Number of the act that decided';
COMMENT ON COLUMN app.evaluation_verdicts.gate IS 'The gate';
COMMENT ON COLUMN app.evaluation_verdicts.gate_version IS 'Which version of it';
COMMENT ON COLUMN app.evaluation_verdicts.subject_kind IS 'model, policy, prompt or agent';
COMMENT ON COLUMN app.evaluation_verdicts.subject_id IS 'Which one';
COMMENT ON COLUMN app.evaluation_verdicts.subject_version IS 'Which version of it';
COMMENT ON COLUMN app.evaluation_verdicts.passed IS 'Whether it may go on';
COMMENT ON COLUMN app.evaluation_verdicts.run_id IS 'The run that was judged';
COMMENT ON COLUMN app.evaluation_verdicts.baseline IS 'The run that it was compared with, if there was one';
COMMENT ON COLUMN app.evaluation_verdicts.reasons IS 'What each criterion says';
COMMENT ON COLUMN app.evaluation_verdicts.decided_at IS 'When';
COMMENT ON COLUMN app.evaluation_verdicts.decided_by IS 'Who asked';
COMMENT ON COLUMN app.evaluation_verdicts.expires_at IS 'From when it does not count any more';

GRANT SELECT, INSERT ON app.evaluation_documents, app.evaluation_fixtures, app.evaluation_runs, app.evaluation_items, app.evaluation_scores,
    app.evaluation_artifacts, app.evaluation_verdicts TO zeroui_shared_user;
