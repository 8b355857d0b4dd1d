-- What only a store that several processes share needs.

-- Tasks that are due or in work, as db-scheduler wants its table.
create table scheduled_tasks (
    task_name            text not null,
    task_instance        text not null,
    task_data            bytea,
    execution_time       timestamp with time zone not null,
    picked               boolean not null,
    picked_by            text,
    last_success         timestamp with time zone,
    last_failure         timestamp with time zone,
    consecutive_failures integer,
    last_heartbeat       timestamp with time zone,
    version              bigint not null,
    priority             smallint,
    primary key (task_name, task_instance)
);
create index scheduled_tasks_execution_time on scheduled_tasks (execution_time);
create index scheduled_tasks_last_heartbeat on scheduled_tasks (last_heartbeat);

-- From which moment on more may be taken of something that is limited by the minute.
create table rate (
    name text not null primary key,
    next bigint not null -- nanoseconds since 1970
);

-- How much of a provider's budget each process may still spend.
create table allowance (
    provider    text not null,
    owner       text not null,
    amount      bigint not null, -- billionths of the unit of money
    alive_until bigint not null, -- milliseconds since 1970
    primary key (provider, owner)
);
