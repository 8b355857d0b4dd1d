-- What lists and queues look at is narrow; the words lie beside it.
create table draft (
  seq bigint generated always as identity primary key,
  id text not null unique,
  image text not null,
  category text not null,
  risk text not null,
  state text not null default 'draft',
  version integer not null default 0,
  opinions integer not null default 0,
  disputed integer not null default 0,
  revised integer not null default 0,
  claimed_by text not null default '',
  claimed_until bigint not null default 0
);
create index draft_state on draft (state, category, risk, disputed, opinions, revised);
create index draft_category on draft (category, state);

create table draft_text (
  seq bigint primary key references draft (seq),
  query text not null,
  original text not null,
  current text not null,
  words tsvector not null default ''
);

create index draft_words on draft_text using gin (words);

create table reviewer (
  name text primary key,
  since bigint not null
);

create table revision (
  draft bigint not null references draft (seq),
  number integer not null,
  reviewer text not null references reviewer (name),
  at bigint not null,
  changes text not null,
  undoes integer not null default 0,
  undone integer not null default 0,
  primary key (draft, number)
);
create index revision_reviewer on revision (reviewer, at);

create table decision (
  draft bigint not null references draft (seq),
  number integer not null,
  reviewer text not null references reviewer (name),
  at bigint not null,
  verdict text not null,
  reasons text not null,
  ratings text not null,
  note text not null,
  standing integer not null,
  undoes integer not null default 0,
  undone integer not null default 0,
  primary key (draft, number)
);
create index decision_reviewer on decision (reviewer, standing, verdict, draft);
create index decision_draft on decision (draft, standing, reviewer, verdict);
create index decision_at on decision (reviewer, at);
