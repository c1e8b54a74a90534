-- Schema version 3: tags that move, projects, and what runs are searched by (docs/formats/catalog.md).

ALTER TABLE runs ADD COLUMN project TEXT;
ALTER TABLE runs ADD COLUMN branch TEXT;
ALTER TABLE runs ADD COLUMN git_commit TEXT;

UPDATE runs SET (branch, git_commit) = (
  SELECT json_extract(json, '$.git.branch'), json_extract(json, '$.git.commit')
  FROM code_versions WHERE digest = runs.code);

CREATE INDEX runs_by_person ON runs (started_by, started_at);
CREATE INDEX runs_by_project ON runs (project, started_at);
CREATE INDEX runs_by_branch ON runs (branch, started_at);
CREATE INDEX runs_by_commit ON runs (git_commit);
CREATE INDEX runs_by_number ON runs (number);
CREATE INDEX runs_by_end ON runs (ended_at);
CREATE INDEX runs_by_took ON runs (ended_at - started_at);

ALTER TABLE parameters ADD COLUMN plain ANY;

UPDATE parameters SET plain = CASE json_type(value)
  WHEN 'integer' THEN CAST(value AS REAL)
  WHEN 'real' THEN CAST(value AS REAL)
  WHEN 'text' THEN json_extract(value, '$')
  WHEN 'true' THEN x'01'
  WHEN 'false' THEN x'00'
END;

CREATE INDEX parameters_by_value ON parameters (name, plain, run_id);

CREATE TABLE run_metrics (
  run_id INTEGER NOT NULL REFERENCES runs,
  name TEXT NOT NULL,
  value REAL,
  measured_at INTEGER NOT NULL,
  PRIMARY KEY (run_id, name)
) STRICT, WITHOUT ROWID;

INSERT INTO run_metrics (run_id, name, value, measured_at)
SELECT s.run_id, m.name, m.value, m.measured_at
FROM steps s JOIN tasks t ON t.step_id = s.id
  JOIN metrics m ON m.task_id = coalesce(t.origin_task_id, t.id)
WHERE true ORDER BY m.measured_at, t.id, m.attempt, m.position
ON CONFLICT (run_id, name) DO UPDATE
SET value = excluded.value, measured_at = excluded.measured_at
WHERE excluded.measured_at >= measured_at;

INSERT INTO run_metrics (run_id, name, value, measured_at)
SELECT s.run_id, j.key,
  CASE j.value WHEN 'NaN' THEN NULL WHEN 'Infinity' THEN 9e999 WHEN '-Infinity' THEN -9e999
    ELSE j.value END,
  v.created_at
FROM steps s JOIN tasks t ON t.step_id = s.id JOIN outputs o ON o.task_id = t.id
  JOIN versions v ON v.id = o.version_id JOIN json_each(v.metrics) j
WHERE true ORDER BY v.created_at
ON CONFLICT (run_id, name) DO UPDATE
SET value = excluded.value, measured_at = excluded.measured_at
WHERE excluded.measured_at >= measured_at;

CREATE INDEX run_metrics_by_value ON run_metrics (name, value, run_id);

CREATE TABLE tag_moves (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES runs,
  tag TEXT NOT NULL,
  added INTEGER NOT NULL,
  moved_at INTEGER NOT NULL,
  moved_by TEXT NOT NULL
) STRICT;

CREATE INDEX tag_moves_by_run ON tag_moves (run_id);

CREATE TABLE project_tokens (
  id INTEGER PRIMARY KEY,
  project TEXT NOT NULL,
  digest BLOB NOT NULL,
  made_at INTEGER NOT NULL,
  made_by TEXT NOT NULL
) STRICT;

CREATE INDEX project_tokens_by_project ON project_tokens (project);
