-- Answers of providers, once each. The small columns stand first, so that a sum need not read the large ones.
create table journal (
    seq           ${identity},
    entry_key     text not null unique,
    provider      text not null,
    model         text not null,
    status        integer not null,
    input_tokens  bigint not null,
    output_tokens bigint not null,
    cost          bigint not null, -- billionths of the unit of money
    at            bigint not null, -- milliseconds since 1970
    request       ${bytes} not null,
    response      ${bytes} not null
);

-- Enough to add up what was spent without touching the table.
create index journal_spending on journal (provider, model, input_tokens, output_tokens, cost);

-- Items of work. state: 0 waiting, 1 in work, 2 done, 3 dead.
create table work (
    seq        ${identity},
    queue      text not null,
    stage      text not null,
    id         text not null,
    state      smallint not null,
    attempt    integer not null,
    not_before bigint not null, -- milliseconds since 1970
    owner      text not null,   -- the process that has it in work, else empty
    reason     text not null,
    payload    text not null,
    unique (queue, stage, id)
);

-- The next to be claimed, and how many stand in each state.
create index work_state on work (queue, stage, state, not_before, seq);

-- Processes at work, each with the moment at which the others may think it dead.
create table worker (
    owner       text not null primary key,
    queue       text not null,
    host        text not null,
    pid         bigint not null,
    started     bigint not null,
    alive_until bigint not null
);
