-- Schema version 4: what tasks said, in chunks (docs/formats/catalog.md).

CREATE TABLE log_chunks (
  id INTEGER PRIMARY KEY,
  task_id INTEGER NOT NULL REFERENCES tasks,
  attempt INTEGER NOT NULL,
  from_byte INTEGER NOT NULL,
  text_bytes INTEGER NOT NULL,
  coding TEXT NOT NULL,
  lines BLOB NOT NULL
) STRICT;

CREATE INDEX log_chunks_by_task ON log_chunks (task_id, id);
