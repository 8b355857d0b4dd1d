-- Sketches that an agent ended, with its reason: what the funnel lost.
create table build_drop (
    id     text not null primary key,
    stage  text not null,
    reason text not null
);

-- Dead letters with everything received. One that was taken up again and died again has another row.
create table build_letter (
    seq      ${identity},
    id       text not null,
    stage    text not null,
    reason   text not null,
    received text not null
);
create index build_letter_item on build_letter (stage, id);
