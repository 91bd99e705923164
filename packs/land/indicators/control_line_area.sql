-- Area of one control line inside each area, overlaps counted once. `units_per_m2` turns m2 into the unit.
-- An outline that crosses from one area into another has a row in each. `of` counts outlines (or areas): it weighs
-- what is unknown.
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
)
select
    area,
    feature,
    cast(m2 * cast(:units_per_m2 as decimal(18, 9)) as decimal(18, 6)) as counted,
    1 as of,
    null as low,
    null as high,
    null as reason
from piece
where m2 > 0
union all
select
    p.area,
    p.feature,
    case when k.is_known then 0 end as counted,
    1 as of,
    null as low,
    null as high,
    case when not k.is_known then 'no-outline' end as reason
from part as p
cross join (select count(*) > 0 as is_known from outline) as k
union all
select
    'zone' as area,
    feature,
    null as counted,
    1 as of,
    null as low,
    null as high,
    'unplaced' as reason
from outline
where geom is null
order by area, feature
