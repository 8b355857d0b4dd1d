create table note (
    seq  ${identity},
    text text not null,
    raw  ${bytes}
);

create table ending (
    id   text not null primary key,
    text text not null
);
