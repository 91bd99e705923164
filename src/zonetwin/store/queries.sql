-- The ledger of changes and the sources. Feature tables are composed per kind in `reading` and `writing`.

-- name: last_change
select coalesce(max(id), 0) as id
from zonetwin_change

-- name: last_change_at
select max(at) as at
from zonetwin_change

-- name: table_change
select change
from zonetwin_touched
where name = :name

-- name: add_change
insert into zonetwin_change (id, at, actor, organisation, tool, note, west, south, east, north)
values (:id, :at, :actor, :organisation, :tool, :note, :west, :south, :east, :north)

-- name: add_change_count
insert into zonetwin_change_count (change, name, count)
values (:change, :name, :count)

-- name: touch_table
insert into zonetwin_touched (name, change)
values (:name, :change)
on conflict (name) do update set change = excluded.change

-- name: changes_before
select id, at, actor, organisation, tool, note, west, south, east, north
from zonetwin_change
where id < :before
order by id desc
limit :limit

-- name: changes_since
select id, at, actor, organisation, tool, note, west, south, east, north
from zonetwin_change
where id > :since
order by id

-- name: counts_between
select change, name, count
from zonetwin_change_count
where change between :first and :last
order by change, name

-- name: find_source
select id
from zonetwin_source
where name = :name
  and file = :file

-- name: add_source
insert into zonetwin_source (name, file, licence, attribution, obtained_on, synthetic, note)
values (:name, :file, :licence, :attribution, :obtained_on, :synthetic, :note)

-- name: all_sources
select id, name, file, licence, attribution, obtained_on, synthetic, note
from zonetwin_source
order by id
