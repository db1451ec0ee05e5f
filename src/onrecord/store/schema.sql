-- The store, version 1. Open it with any SQLite tool; write to it only through onrecord.
-- What was read and found is never edited: a person's decisions lie beside it, and the audit chain covers both.

CREATE TABLE audit (            -- one row for each thing that happened; never changed, never deleted; holds hashes, no content
  seq     INTEGER PRIMARY KEY,
  at      TEXT NOT NULL,        -- what the clock said, UTC; the order is that of seq
  who     TEXT NOT NULL,
  act     TEXT NOT NULL,        -- read, again, appear, forget, or the act of a decision
  subject TEXT NOT NULL,        -- the document's or record's id
  detail  TEXT NOT NULL,        -- JSON: the hash of the content, the page, the tool
  before  TEXT NOT NULL,        -- the hash of the row before
  hash    TEXT NOT NULL         -- of all of the above
) STRICT;
CREATE INDEX audit_subject ON audit (subject);
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;

CREATE TABLE pages (            -- the bytes as they came
  sha256  TEXT PRIMARY KEY,
  content BLOB NOT NULL         -- zlib
) STRICT, WITHOUT ROWID;

CREATE TABLE documents (
  number     INTEGER PRIMARY KEY,
  id         TEXT NOT NULL UNIQUE,  -- sha256: and the hash of the canonical text
  uri        TEXT NOT NULL,
  title      TEXT,
  publisher  TEXT,
  published  TEXT,              -- the day, where one is known; corrections applied
  earliest   TEXT,
  latest     TEXT,
  page       TEXT NOT NULL REFERENCES pages (sha256),
  added      TEXT NOT NULL,
  audit      INTEGER NOT NULL REFERENCES audit (seq),  -- the row that holds the hash of all that this document yields
  meta       TEXT NOT NULL,     -- JSON: the document as read, without text and blocks
  layout     BLOB NOT NULL,     -- zlib JSON: blocks, segments (canonical text to page), actors with their mentions, abstentions
  provenance TEXT NOT NULL      -- JSON: versions of tool, rules and model
) STRICT;
CREATE INDEX documents_page ON documents (page);
CREATE INDEX documents_uri ON documents (uri);
CREATE INDEX documents_day ON documents (latest, number);

CREATE TABLE texts (            -- the canonical text
  document INTEGER PRIMARY KEY REFERENCES documents (number) ON DELETE CASCADE,
  text     TEXT NOT NULL
) STRICT;

CREATE TABLE appearances (      -- where and when a document stood: several for one address are its versions
  seq         INTEGER PRIMARY KEY REFERENCES audit (seq),
  uri         TEXT NOT NULL,
  document    INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
  page        TEXT NOT NULL REFERENCES pages (sha256),
  captured    TEXT,
  url         TEXT,
  archive_url TEXT
) STRICT;
CREATE INDEX appearances_uri ON appearances (uri, captured, seq);
CREATE INDEX appearances_document ON appearances (document);
CREATE INDEX appearances_page ON appearances (page);

CREATE TABLE identities (       -- who actors are, across documents: same name, kind and country
  number  INTEGER PRIMARY KEY,
  key     TEXT NOT NULL UNIQUE,
  name    TEXT NOT NULL,
  kind    TEXT NOT NULL,
  country TEXT,
  root    INTEGER               -- a person said that it is this one
) STRICT;
CREATE INDEX identities_country ON identities (country) WHERE country IS NOT NULL;
CREATE INDEX identities_root ON identities (root) WHERE root IS NOT NULL;

CREATE TABLE names (            -- what an identity is called, lower case
  name     TEXT NOT NULL,
  identity INTEGER NOT NULL,
  PRIMARY KEY (name, identity)
) STRICT, WITHOUT ROWID;

CREATE TABLE actors (           -- who a document speaks of
  document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
  local    TEXT NOT NULL,       -- a1, a2, …
  name     TEXT NOT NULL,
  identity INTEGER NOT NULL REFERENCES identities (number),
  added_by INTEGER,             -- the decision that split it off
  PRIMARY KEY (document, local)
) STRICT, WITHOUT ROWID;
CREATE INDEX actors_identity ON actors (identity);

CREATE TABLE records (          -- columns say what holds now (amendments applied), body what was found
  number    INTEGER PRIMARY KEY,
  id        TEXT NOT NULL UNIQUE,
  document  INTEGER NOT NULL REFERENCES documents (number),
  kind      TEXT NOT NULL,
  type      TEXT NOT NULL,      -- event: PLOVER type; statement: stance; commitment: basis; figure: unit; time: TIMEX3 type; '' none
  status    TEXT NOT NULL,      -- event: its status; statement: form; time: its role; '' none
  day       TEXT NOT NULL,      -- the latest day on which its document can have been published; '' not known
  review    TEXT NOT NULL DEFAULT 'unreviewed',
  quote     TEXT NOT NULL,      -- the words of the record
  who       TEXT NOT NULL,      -- the names of its actors
  claim     TEXT NOT NULL,
  sum       INTEGER NOT NULL,   -- 64 bits of the hash of id, kind, claim and body
  added_by  INTEGER,            -- the decision that added it by hand
  body      TEXT NOT NULL,      -- JSON as found; null and empty fields left out
  amended   TEXT                -- JSON as it holds now, where a person changed it
) STRICT;
CREATE INDEX records_document ON records (document);
CREATE INDEX records_order ON records (kind, day, number, type);  -- the order of lists; a type is picked out on the way
CREATE INDEX records_review ON records (review, kind, day) WHERE review <> 'unreviewed';

CREATE TABLE participants (     -- which records name an actor, in the order in which they are listed
  identity INTEGER NOT NULL,
  kind     TEXT NOT NULL,
  day      TEXT NOT NULL,
  record   INTEGER NOT NULL REFERENCES records (number),
  PRIMARY KEY (identity, kind, day, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX participants_record ON participants (record);

CREATE TABLE deadlines (        -- commitments in the order of the ledger
  record       INTEGER PRIMARY KEY REFERENCES records (number),
  latest       TEXT NOT NULL,   -- last day by which; '' not known
  day          TEXT NOT NULL,   -- of publication, as in records
  actor        INTEGER,         -- identities
  counterparty INTEGER,
  country      TEXT             -- the actor's
) STRICT;
CREATE INDEX deadlines_latest ON deadlines (latest, record);
CREATE INDEX deadlines_actor ON deadlines (actor, latest, record);
CREATE INDEX deadlines_country ON deadlines (country, latest, record);
CREATE INDEX deadlines_counterparty ON deadlines (counterparty, latest, record) WHERE counterparty IS NOT NULL;

CREATE TABLE decisions (        -- what people decided; never edited: undo is another decision
  seq      INTEGER PRIMARY KEY REFERENCES audit (seq),
  subject  TEXT NOT NULL,       -- record id, document id, or document id # actor
  document TEXT NOT NULL,
  claim    TEXT NOT NULL,       -- the claim that was decided on; '' for documents and actors
  act      TEXT NOT NULL,
  reviewer TEXT NOT NULL,
  blind    INTEGER NOT NULL,
  of       INTEGER,             -- the decision that this one undoes
  part_of  INTEGER,             -- the decision that this one came with
  body     TEXT NOT NULL        -- JSON: reason, changes, note, before, after, what was found, names of actors, at, tool
) STRICT;
CREATE INDEX decisions_subject ON decisions (subject);
CREATE INDEX decisions_of ON decisions (part_of) WHERE part_of IS NOT NULL;
CREATE INDEX decisions_document ON decisions (document);
CREATE TRIGGER decisions_no_update BEFORE UPDATE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions are never edited'); END;
CREATE TRIGGER decisions_no_delete BEFORE DELETE ON decisions
  WHEN NOT EXISTS (SELECT 1 FROM audit WHERE subject = old.document AND act = 'forget')
  BEGIN SELECT RAISE(ABORT, 'decisions are never deleted'); END;

-- ---- search ----
CREATE VIRTUAL TABLE text_index USING fts5 (text, content='texts', content_rowid='document', tokenize='porter unicode61 remove_diacritics 2');
CREATE TRIGGER texts_insert AFTER INSERT ON texts BEGIN
  INSERT INTO text_index (rowid, text) VALUES (new.document, new.text);
END;
CREATE TRIGGER texts_delete AFTER DELETE ON texts BEGIN
  INSERT INTO text_index (text_index, rowid, text) VALUES ('delete', old.document, old.text);
END;

CREATE VIRTUAL TABLE record_index USING fts5 (  -- not ranked by bm25, so it keeps no sizes
  quote, who, content='records', content_rowid='number', columnsize=0, tokenize='porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER records_insert AFTER INSERT ON records BEGIN
  INSERT INTO record_index (rowid, quote, who) VALUES (new.number, new.quote, new.who);
END;
CREATE TRIGGER records_delete AFTER DELETE ON records BEGIN
  INSERT INTO record_index (record_index, rowid, quote, who) VALUES ('delete', old.number, old.quote, old.who);
END;
CREATE TRIGGER records_update AFTER UPDATE OF quote, who ON records BEGIN
  INSERT INTO record_index (record_index, rowid, quote, who) VALUES ('delete', old.number, old.quote, old.who);
  INSERT INTO record_index (rowid, quote, who) VALUES (new.number, new.quote, new.who);
END;

INSERT INTO text_index (text_index, rank) VALUES ('automerge', 8);    -- each batch adds a segment: merge twice as many at once,
INSERT INTO record_index (record_index, rank) VALUES ('automerge', 8);  -- in half the passes

-- ---- views ----
CREATE VIEW evidence AS         -- the characters that each field of each record rests on
  SELECT r.id AS record, r.kind, f.key AS field, json_extract(s.value, '$[0]') AS start, json_extract(s.value, '$[1]') AS "end"
  FROM records AS r, json_each(coalesce(r.amended, r.body), '$.evidence') AS f, json_each(f.value) AS s;
