-- What was measured, and what it stands on. A measurement is kept once per indicator, area and period: a later run
-- replaces it, its proof stays. `basis` is the hash of everything a value depends on; the same basis is not
-- computed twice. Reasons are JSON: weight by reason code.

create table measurement (
  id integer primary key,
  indicator text not null,
  area text not null,
  period_start date not null,
  period_end date not null,
  value real,
  claimed real,
  unit text not null,
  low real,
  high real,
  counted integer not null,
  of_total real,
  unknown real not null,
  unknown_reasons text not null,
  data_date date,
  proof text not null,
  unique (indicator, area, period_start, period_end)
);

create table proof (
  id text primary key,
  indicator text not null,
  version text not null,
  state text not null,
  period_start date not null,
  period_end date not null,
  today date not null,
  row_count integer not null,
  digest text not null,
  places text not null,
  made_at timestamp not null,
  environment text not null,
  basis text not null
);

create index proof_basis on proof (basis);

create table unmeasured (
  indicator text primary key,
  code text not null,
  reason_zh text not null,
  reason_en text not null
);
