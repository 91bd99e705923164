-- Green cover of the whole zone less the surveyed baseline, in percentage points. Outlines count with their m2; the
-- land of each area counts against them with its part of the baseline and is what the sum is divided by. The baseline
-- is the newest row of the table for the zone; without one, or without green cover on record, all is unknown.
with outline as materialized (
    select
        fid,
        feature,
        st_collectionextract(st_makevalid(geom), 3) as geom  -- projecting can fold a sliver over itself
    from green_cover
),
touching as materialized (
    select a.fid, b.fid as other, b.geom
    from outline as a
    join outline as b on st_intersects(a.geom, b.geom)
),
covered as materialized (
    -- a filter on the aggregate, because one on the rows is pushed into the join and makes it quadratic
    select fid, st_union_agg(geom order by other) filter (where other < fid) as geom
    from touching
    group by fid
),
-- each outline without what outlines before it cover: overlaps count once
own as materialized (
    select
        o.fid,
        o.feature,
        case when c.geom is null then o.geom else st_difference(o.geom, c.geom) end as geom
    from outline as o
    left join covered as c on c.fid = o.fid
    where o.geom is not null
),
place as materialized (
    select
        fid,
        feature,
        code,
        st_collectionextract(st_makevalid(geom), 3) as geom
    from area
    where geom is not null
),
smaller as materialized (
    select
        a.fid,
        st_union_agg(b.geom order by b.fid) as geom
    from place as a
    join place as b on st_intersects(a.geom, b.geom)
    where st_area(b.geom) < st_area(a.geom)
       or (st_area(b.geom) = st_area(a.geom) and b.fid > a.fid)
    group by a.fid
),
-- what of each area no smaller area covers: these parts tile the zone
part as materialized (
    select
        a.feature,
        a.code as area,
        case when s.geom is null then a.geom else st_difference(a.geom, s.geom) end as geom
    from place as a
    left join smaller as s on s.fid = a.fid
),
piece as materialized (
    select
        p.area,
        o.feature,
        cast(st_area(st_intersection(o.geom, p.geom)) as decimal(18, 3)) as m2
    from own as o
    join part as p on st_intersects(o.geom, p.geom)
),
baseline as materialized (
    select cast(share_percent as decimal(18, 6)) / 100 as share
    from table_green_cover_baseline
    where area = 'zone'
    order by on_day desc
    limit 1
),
known as materialized (
    select
        (select share from baseline) as share,
        case
            when not exists (select 1 from own) then 'no-survey'
            when not exists (select 1 from baseline) then 'no-baseline'
        end as reason
)
select
    'zone' as area,
    p.feature,
    sum(p.m2) as counted,
    0 as of,
    null as low,
    null as high,
    any_value(k.reason) as reason
from piece as p
cross join known as k
where p.m2 > 0
group by p.feature
union all
select
    'zone' as area,
    p.feature,
    -k.share * st_area(p.geom) as counted,
    st_area(p.geom) as of,
    null as low,
    null as high,
    k.reason
from part as p
cross join known as k
order by feature
