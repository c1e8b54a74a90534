-- Schema version 2: what an outcome depends on, and who computes it (docs/formats/catalog.md).

ALTER TABLE steps ADD COLUMN code BLOB REFERENCES artifacts (digest);
ALTER TABLE steps ADD COLUMN reuse TEXT NOT NULL DEFAULT 'off';

ALTER TABLE tasks ADD COLUMN key BLOB;
ALTER TABLE tasks ADD COLUMN origin_task_id INTEGER REFERENCES tasks;

-- Keys come in no order, so that each is a page of its own to write: short entries make fewer pages.
CREATE INDEX tasks_by_key ON tasks (substr(key, 1, 8)) WHERE key IS NOT NULL;

CREATE TABLE task_keys (
  task_id INTEGER PRIMARY KEY REFERENCES tasks,
  json TEXT NOT NULL
) STRICT;

CREATE TABLE claims (
  key BLOB PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES runs
) STRICT;

CREATE INDEX claims_by_run ON claims (run_id);
