-- Tiers of industrial space that have a parcel in use: one row per tier, shown by the first such parcel.
-- A tier with parcels whose state nobody recorded, and none known to be in use, is unknown. Only what is unknown has an
-- `of`: the rows are added, not divided.
with tier as (
    select code
    from (values ('base'), ('community'), ('block')) as t (code)
),
found as (
    select
        tier,
        min(fid) as any_fid,
        min(fid) filter (where status = 'in_use') as used_fid,
        count(*) filter (where status is null) as without_status
    from parcel
    where tier is not null
    group by tier
),
judged as (
    select
        coalesce('parcel/' || coalesce(f.used_fid, f.any_fid), 'tier/' || t.code) as feature,
        case when f.used_fid is not null then 1 else 0 end as counted,
        case
            when not exists (select 1 from found) then 'no-tier'
            when f.used_fid is null and f.without_status > 0 then 'no-status'
        end as reason
    from tier as t
    left join found as f on f.tier = t.code
)
select
    'zone' as area,
    feature,
    counted,
    case when reason is not null then 1 end as of,
    null as low,
    null as high,
    reason
from judged
order by feature
