-- Whether people find the picture of a draft harmless by itself: events like revisions and decisions.
create table picture_word (
  draft bigint not null references draft (seq),
  number integer not null,
  reviewer text not null references reviewer (name),
  at bigint not null,
  harmless integer not null,
  standing integer not null,
  undoes integer not null default 0,
  undone integer not null default 0,
  primary key (draft, number)
);
create index picture_word_at on picture_word (reviewer, at);
