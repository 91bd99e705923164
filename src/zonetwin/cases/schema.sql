-- Cases and their ledger. `case_file` and `case_entry` are what was entered; `case_stage`, `case_quantity` and
-- `case_progress` are derived from them by `ledger`, rewritten in the same Change, and published as they are.
-- Days are ISO text in `date` columns; lists are joined by semicolons.

create table case_file (
  id integer primary key,
  flow text not null,
  key text not null,
  title text not null,
  title_en text not null,
  category text not null,
  work text not null,
  organisation text not null,
  participants text not null,
  site text not null,
  area text,
  stage text not null,
  stage_rank integer not null,
  verified_stage text not null,
  verified_rank integer,
  planned_start date,
  planned_end date,
  opened_on date not null,
  plan_targets text not null,
  note text not null,
  unique (flow, key)
);

create index case_file_site on case_file (site);

create table case_entry (
  id integer primary key,
  case_id integer not null references case_file (id),
  start_stage text not null,
  end_stage text not null,
  on_day date not null,
  recorded_at timestamp not null,
  actor text not null,
  organisation text not null,
  note text not null,
  evidence text not null,
  verifies integer references case_entry (id),
  withdraws integer references case_entry (id)
);

create index case_entry_case on case_entry (case_id, id);

create table case_entry_quantity (
  entry_id integer not null references case_entry (id),
  name text not null,
  amount real not null,
  primary key (entry_id, name)
);

create table case_edit (
  id integer primary key,
  case_id integer not null references case_file (id),
  field text not null,
  before text not null,
  after text not null,
  recorded_at timestamp not null,
  actor text not null,
  organisation text not null,
  note text not null
);

create index case_edit_case on case_edit (case_id, id);

create table case_stage (
  case_id integer not null references case_file (id),
  stage text not null,
  rank integer not null,
  claimed_on date,
  verified_on date,
  primary key (case_id, stage)
);

create table case_quantity (
  case_id integer not null references case_file (id),
  name text not null,
  unit text not null,
  planned real,
  claimed real,
  verified real,
  primary key (case_id, name)
);

create table case_progress (
  case_id integer not null references case_file (id),
  name text not null,
  unit text not null,
  on_day date not null,
  claimed real not null,
  verified real not null,
  primary key (case_id, name, on_day)
);

create table case_answer (
  idempotency_key text primary key,
  request text not null,
  case_id integer not null,
  entry_id integer
);
