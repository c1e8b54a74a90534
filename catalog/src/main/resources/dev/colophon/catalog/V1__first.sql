-- Schema version 1 (docs/formats/catalog.md). Moments are nanoseconds since 1970-01-01T00:00:00Z.

CREATE TABLE code_versions (
  digest BLOB PRIMARY KEY,
  json TEXT NOT NULL
) STRICT;

CREATE TABLE environments (
  id INTEGER PRIMARY KEY,
  digest BLOB NOT NULL UNIQUE,
  json TEXT NOT NULL
) STRICT;

CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  flow TEXT NOT NULL,
  number INTEGER NOT NULL,
  state TEXT NOT NULL,
  code BLOB NOT NULL REFERENCES code_versions,
  environment_id INTEGER NOT NULL REFERENCES environments,
  seed INTEGER NOT NULL,
  as_of TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  heard_at INTEGER NOT NULL,
  ended_at INTEGER,
  started_by TEXT NOT NULL,
  runner_host TEXT NOT NULL,
  runner_pid INTEGER NOT NULL,
  runner_started_at INTEGER NOT NULL,
  failed_task TEXT,
  failure TEXT,
  UNIQUE (flow, number)
) STRICT;

CREATE INDEX runs_by_start ON runs (started_at);
CREATE INDEX runs_by_flow ON runs (flow, started_at);
CREATE INDEX runs_by_state ON runs (state, started_at);

CREATE TABLE parameters (
  run_id INTEGER NOT NULL REFERENCES runs,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (run_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE tags (
  run_id INTEGER NOT NULL REFERENCES runs,
  position INTEGER NOT NULL,
  tag TEXT NOT NULL,
  run_started_at INTEGER NOT NULL,
  PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX tags_by_tag ON tags (tag, run_started_at, run_id);

CREATE TABLE datasets (
  run_id INTEGER NOT NULL REFERENCES runs,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  digest BLOB NOT NULL REFERENCES artifacts (digest),
  location TEXT NOT NULL,
  captured_at INTEGER NOT NULL,
  PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX datasets_by_digest ON datasets (digest);
CREATE INDEX datasets_by_name ON datasets (name);

CREATE TABLE steps (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES runs,
  name TEXT NOT NULL,
  position INTEGER NOT NULL,
  dimensions TEXT NOT NULL,
  reads TEXT NOT NULL,
  UNIQUE (run_id, name)
) STRICT;

CREATE TABLE tasks (
  id INTEGER PRIMARY KEY,
  step_id INTEGER NOT NULL REFERENCES steps,
  index_path TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  UNIQUE (step_id, index_path)
) STRICT;

CREATE TABLE attempts (
  task_id INTEGER NOT NULL REFERENCES tasks,
  attempt INTEGER NOT NULL,
  state TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  failure_type TEXT,
  failure_message TEXT,
  failure_trace TEXT,
  log BLOB REFERENCES artifacts (digest),
  log_written_bytes INTEGER,
  PRIMARY KEY (task_id, attempt)
) STRICT, WITHOUT ROWID;

CREATE TABLE artifacts (
  id INTEGER PRIMARY KEY,
  digest BLOB NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  content BLOB
) STRICT;

CREATE TABLE inputs (
  task_id INTEGER NOT NULL REFERENCES tasks,
  attempt INTEGER NOT NULL,
  position INTEGER NOT NULL,
  argument TEXT NOT NULL,
  digest BLOB NOT NULL,
  source_task_id INTEGER REFERENCES tasks,
  dataset TEXT,
  PRIMARY KEY (task_id, attempt, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX inputs_by_digest ON inputs (digest, task_id);

CREATE TABLE outputs (
  task_id INTEGER PRIMARY KEY REFERENCES tasks,
  digest BLOB NOT NULL REFERENCES artifacts (digest),
  codec TEXT NOT NULL,
  file_name TEXT,
  version_id INTEGER REFERENCES versions
) STRICT;

CREATE INDEX outputs_by_digest ON outputs (digest);

CREATE TABLE metrics (
  task_id INTEGER NOT NULL REFERENCES tasks,
  attempt INTEGER NOT NULL,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  value REAL,
  step INTEGER,
  unit TEXT,
  measured_at INTEGER NOT NULL,
  PRIMARY KEY (task_id, attempt, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE models (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE versions (
  id INTEGER PRIMARY KEY,
  model_id INTEGER NOT NULL REFERENCES models,
  number INTEGER NOT NULL,
  digest BLOB NOT NULL REFERENCES artifacts (digest),
  codec TEXT NOT NULL,
  task_id INTEGER NOT NULL REFERENCES tasks,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  description TEXT,
  metrics TEXT NOT NULL,
  tags TEXT NOT NULL,
  UNIQUE (model_id, number)
) STRICT;

CREATE INDEX versions_by_digest ON versions (digest);

CREATE TABLE alias_moves (
  id INTEGER PRIMARY KEY,
  model_id INTEGER NOT NULL REFERENCES models,
  alias TEXT NOT NULL,
  from_number INTEGER,
  to_number INTEGER NOT NULL,
  moved_at INTEGER NOT NULL,
  moved_by TEXT NOT NULL,
  why TEXT NOT NULL
) STRICT;

CREATE INDEX alias_moves_by_alias ON alias_moves (model_id, alias);

CREATE VIEW task_names AS
SELECT t.id, t.index_path, t.attempt, s.name AS step, r.flow, r.number
FROM tasks t JOIN steps s ON s.id = t.step_id JOIN runs r ON r.id = s.run_id;
