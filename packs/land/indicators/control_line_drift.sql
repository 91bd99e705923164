-- By how many percent the area of one control line lies above (+) or below (-) its limit, in the whole zone.
-- The pieces of the outlines count with their m2; the limit counts against them and is what the sum is divided by.
-- One outline without a place makes all of it unknown: what is missing would look like a loss. The unknown weighs as
-- much as the limit; without a limit as much as the line; without either as much as the zone.
with outline as materialized (
    select
        fid,
        feature,
        st_collectionextract(st_makevalid(geom), 3) as geom  -- projecting can fold a sliver over itself
    from control_line
    where line = :line
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
bound as materialized (
    select
        sum(
            cast(limit_value as decimal(18, 6)) * case unit
                when 'm2' then 1.0
                when '万m2' then 10000.0
                when 'ha' then 10000.0
                when 'km2' then 1000000.0
                when '亩' then 2000.0 / 3
                when '万亩' then 20000000.0 / 3
            end
        ) as m2
    from table_control_line_limits
    where line = :line
),
known as materialized (
    select
        cast((select m2 from bound) as decimal(24, 9)) as limit_m2,
        exists (select 1 from outline) as has_outline,
        case
            when (select m2 from bound) is null then 'no-limit'
            when not exists (select 1 from outline) then 'no-outline'
            when exists (select 1 from outline where geom is null) then 'unplaced'
        end as reason
)
select
    'zone' as area,
    p.feature,
    cast(sum(p.m2) as decimal(24, 9)) as counted,
    case when any_value(k.limit_m2) is null then sum(p.m2) else 0 end as of,
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
    a.feature,
    -k.limit_m2 as counted,
    coalesce(k.limit_m2, case when k.has_outline then 0 else st_area(a.geom) end) as of,
    null as low,
    null as high,
    k.reason
from area as a
cross join known as k
where a.code = 'zone'
order by area, feature
