-- How each sample ended. outcome: 0 a draft, 1 dropped by an agent, 2 a dead letter. A dead letter that was tried again
-- stays, with revived = 1: it says how often the agent has been asked in vain.
create table build_outcome (
    seq      ${identity},
    id       text not null,
    agent    text not null,     -- at which it ended
    outcome  smallint not null,
    reason   text not null,
    said     text not null,     -- the agent's own words for a drop
    response text not null,     -- the key of that answer in the journal
    received text not null,     -- of a dead letter: every answer with what was wrong with it, JSON
    revived  smallint not null default 0
);
create unique index build_outcome_standing on build_outcome (id) where revived = 0;
create index build_outcome_sample on build_outcome (id);
create index build_outcome_count on build_outcome (revived, outcome, agent);
