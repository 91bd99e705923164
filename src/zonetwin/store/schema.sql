-- Tables of the record that belong to no domain. `integer primary key` counts upward by itself.

create table zonetwin_source (
  id integer primary key,
  name text not null,
  file text not null,
  licence text not null,
  attribution text not null,
  obtained_on date,
  synthetic boolean not null,
  note text not null,
  unique (name, file)
);

create table zonetwin_change (
  id integer primary key,
  at timestamp not null,
  actor text not null,
  organisation text not null,
  tool text not null,
  note text not null,
  west real,
  south real,
  east real,
  north real
);

create table zonetwin_change_count (
  change integer not null,
  name text not null,
  count integer not null,
  primary key (change, name)
);

create table zonetwin_touched (
  name text primary key,
  change integer not null
);
