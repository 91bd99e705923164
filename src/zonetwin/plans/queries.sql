-- Statements of `records`. `target` is what is published under that name.

-- name: target
select
  plan, id, section, sort, subject, subject_en, comparator, value, value_max, unit, direction, start_on, deadline,
  cadence, leads, parent, relation, duplicate_of, indicator
from target
order by plan, id

-- name: forget_targets
delete from target
where plan = :plan

-- name: add_target
insert into target (
  plan, id, section, sort, subject, subject_en, comparator, value, value_max, unit, direction, start_on, deadline,
  cadence, leads, parent, relation, duplicate_of, indicator
) values (
  :plan, :id, :section, :sort, :subject, :subject_en, :comparator, :value, :value_max, :unit, :direction, :start_on,
  :deadline, :cadence, :leads, :parent, :relation, :duplicate_of, :indicator
)

-- name: add_document
insert into plan_document (
  plan, file, media, sha256, characters, anchors_kept, anchors, attached_at, actor, note
) values (
  :plan, :file, :media, :sha256, :characters, :anchors_kept, :anchors, :attached_at, :actor, :note
)

-- name: documents
select id, plan, file, media, sha256, characters, anchors_kept, anchors, attached_at, actor, note
from plan_document
order by id
