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
