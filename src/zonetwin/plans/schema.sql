-- Targets as published to indicators and other parts, written anew when a zone is seeded; and the texts of plans
-- that were attached. The words of targets are the pack's, the sentences of a plan only ever in the attached text.

create table target (
  plan text not null,
  id text not null,
  section text not null,
  sort text not null,
  subject text not null,
  subject_en text not null,
  comparator text not null,
  value real not null,
  value_max real,
  unit text not null,
  direction text not null,
  start_on date,
  deadline date,
  cadence text not null,
  leads text not null,
  parent text not null,
  relation text not null,
  duplicate_of text not null,
  indicator text not null,
  primary key (plan, id)
);

create table plan_document (
  id integer primary key,
  plan text not null,
  file text not null,
  media text not null,
  sha256 text not null,
  characters integer not null,
  anchors_kept integer not null,
  anchors integer not null,
  attached_at timestamp not null,
  actor text not null,
  note text not null
);

create index plan_document_plan on plan_document (plan, id);
