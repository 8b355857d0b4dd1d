-- Lists and queues go by seq within a state; the wide index made them sort everything first.
drop index draft_state;
create index draft_state on draft (state, seq);
create index draft_counts on draft (disputed, revised, opinions, state);
