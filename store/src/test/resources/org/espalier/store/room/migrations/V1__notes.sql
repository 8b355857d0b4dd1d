create table note (
    seq  ${identity},
    text text not null,
    raw  ${bytes}
);
