-- The agent's own words for a drop, and the key of its answer in the journal.
alter table build_drop add column said text not null default '';
alter table build_drop add column response text not null default '';
