-- When a rate was last taken of: where that lies ahead, the database's clock was set back.
alter table rate add column at bigint not null default 0; -- nanoseconds since 1970
