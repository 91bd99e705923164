-- Domain SQL of cases: the common subset of SQLite and PostgreSQL. An empty text parameter asks for everything.

-- name: cases
select
  id,
  'case/' || cast(id as text) as feature,
  flow,
  key,
  title,
  title_en,
  category,
  work,
  organisation,
  site,
  area,
  stage,
  stage_rank,
  verified_stage,
  verified_rank,
  planned_start,
  planned_end,
  opened_on,
  plan_targets
from case_file

-- name: case_stage
select case_id, stage, rank, claimed_on, verified_on
from case_stage

-- name: case_move
select id, case_id, start_stage, end_stage, on_day, recorded_at, actor, organisation, note, evidence, verifies
from case_entry as entry
where entry.withdraws is null
  and not exists (select 1 from case_entry as counter where counter.withdraws = entry.id)

-- name: case_quantity
select case_id, name, unit, planned, claimed, verified
from case_quantity

-- name: case_progress
select case_id, name, unit, on_day, claimed, verified
from case_progress

-- name: add_case
insert into case_file (
  flow, key, title, title_en, category, work, organisation, participants, site, area, stage, stage_rank,
  verified_stage, verified_rank, planned_start, planned_end, opened_on, plan_targets, note
)
values (
  :flow, :key, :title, :title_en, :category, :work, :organisation, :participants, :site, :area, :stage, :stage_rank,
  :verified_stage, :verified_rank, :planned_start, :planned_end, :opened_on, :plan_targets, :note
)

-- name: update_case
update case_file
set
  key = :key,
  title = :title,
  title_en = :title_en,
  category = :category,
  work = :work,
  organisation = :organisation,
  participants = :participants,
  site = :site,
  area = :area,
  stage = :stage,
  stage_rank = :stage_rank,
  verified_stage = :verified_stage,
  verified_rank = :verified_rank,
  planned_start = :planned_start,
  planned_end = :planned_end,
  plan_targets = :plan_targets,
  note = :note
where id = :id

-- name: add_entry
insert into case_entry (
  case_id, start_stage, end_stage, on_day, recorded_at, actor, organisation, note, evidence, verifies, withdraws
)
values (
  :case_id, :start_stage, :end_stage, :on_day, :recorded_at, :actor, :organisation, :note, :evidence, :verifies,
  :withdraws
)

-- name: add_entry_quantity
insert into case_entry_quantity (entry_id, name, amount)
values (:entry_id, :name, :amount)

-- name: update_evidence
update case_entry
set evidence = :evidence
where id = :id

-- name: add_edit
insert into case_edit (case_id, field, before, after, recorded_at, actor, organisation, note)
values (:case_id, :field, :before, :after, :recorded_at, :actor, :organisation, :note)

-- name: clear_stages
delete from case_stage
where case_id = :case_id

-- name: add_stage
insert into case_stage (case_id, stage, rank, claimed_on, verified_on)
values (:case_id, :stage, :rank, :claimed_on, :verified_on)

-- name: clear_quantities
delete from case_quantity
where case_id = :case_id

-- name: add_quantity
insert into case_quantity (case_id, name, unit, planned, claimed, verified)
values (:case_id, :name, :unit, :planned, :claimed, :verified)

-- name: clear_progress
delete from case_progress
where case_id = :case_id

-- name: add_progress
insert into case_progress (case_id, name, unit, on_day, claimed, verified)
values (:case_id, :name, :unit, :on_day, :claimed, :verified)

-- name: add_answer
insert into case_answer (idempotency_key, request, case_id, entry_id)
values (:idempotency_key, :request, :case_id, :entry_id)

-- name: find_answer
select request, case_id, entry_id
from case_answer
where idempotency_key = :idempotency_key

-- name: find_case
select id
from case_file
where flow = :flow
  and key = :key

-- name: case_of_site
select id
from case_file
where site = :site
order by id

-- name: read_cases
select
  id, flow, key, title, title_en, category, work, organisation, participants, site, area, stage, verified_stage,
  planned_start, planned_end, opened_on, plan_targets, note
from case_file
where id between :first and :last
  and (:flow = '' or flow = :flow)
order by id

-- name: read_entries
select
  e.id, e.case_id, e.start_stage, e.end_stage, e.on_day, e.recorded_at, e.actor, e.organisation, e.note, e.evidence,
  e.verifies, e.withdraws
from case_entry as e
join case_file as c on c.id = e.case_id
where e.case_id between :first and :last
  and (:flow = '' or c.flow = :flow)
order by e.id

-- name: read_entry_quantities
select q.entry_id, q.name, q.amount
from case_entry_quantity as q
join case_entry as e on e.id = q.entry_id
join case_file as c on c.id = e.case_id
where e.case_id between :first and :last
  and (:flow = '' or c.flow = :flow)
order by q.entry_id, q.name

-- name: read_quantities
select q.case_id, q.name, q.unit, q.planned, q.claimed, q.verified
from case_quantity as q
join case_file as c on c.id = q.case_id
where q.case_id between :first and :last
  and (:flow = '' or c.flow = :flow)
order by q.case_id, q.name

-- name: read_stages
select stage, rank, claimed_on, verified_on
from case_stage
where case_id = :case_id
order by rank

-- name: read_edits
select field, before, after, recorded_at, actor, organisation, note
from case_edit
where case_id = :case_id
order by id

-- name: list_cases
select id, sort_value, total
from (
  select
    id,
    count(*) over () as total,
    case :sort
      when 'key' then key
      when 'title' then title
      when 'organisation' then organisation
      when 'stage' then cast(100 + stage_rank as text)
      when 'planned_end' then coalesce(
        cast(planned_end as text), case when :down = 1 then '' else '9999-12-31' end
      )
      else ''
    end as sort_value
  from case_file
  where (:flow = '' or flow = :flow)
    and (:categories = '' or :categories like '%,' || replace(category, '_', '~') || ',%')
    and (:stage = '' or stage = :stage)
    and (:organisation = '' or organisation = :organisation)
    and (:target = '' or ';' || plan_targets || ';' like :target escape '!')
    and (:late_before = '' or (planned_end < :late_before and stage_rank < :finished_rank))
    and (
      :words = ''
      or lower(title) like :words escape '!'
      or lower(title_en) like :words escape '!'
      or lower(key) like :words escape '!'
    )
) as listed
where :after_id = 0
   or (:down = 0 and (sort_value > :after_value or (sort_value = :after_value and id > :after_id)))
   or (:down = 1 and (sort_value < :after_value or (sort_value = :after_value and id < :after_id)))
order by
  case when :down = 0 then sort_value end,
  case when :down = 1 then sort_value end desc,
  case when :down = 0 then id else -id end
limit :limit

-- name: newest_case
select coalesce(max(id), 0) as id
from case_file
