-- Floor area over all land of the area. A building's floor area is the one recorded, else outline times storeys; where
-- its outline overlaps one before it only the rest counts. An area in which more than `max_unknown_percent` of the
-- built ground has neither is unknown as a whole: its ratio would only be too low.
with outline as materialized (
    select
        fid,
        feature,
        area,
        floor_area_m2,
        storeys,
        st_collectionextract(st_makevalid(geom), 3) as geom  -- projecting can fold a sliver over itself
    from building
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
-- each building without what buildings before it cover: overlaps count once
own as materialized (
    select
        o.fid,
        o.feature,
        o.area,
        o.floor_area_m2,
        o.storeys,
        st_area(o.geom) as outline_m2,
        case when c.geom is null then st_area(o.geom) else st_area(st_difference(o.geom, c.geom)) end as m2
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
storeyed as materialized (
    select
        feature,
        area,
        m2,
        case
            when outline_m2 = 0 then 0
            else coalesce(floor_area_m2, outline_m2 * storeys) * m2 / outline_m2
        end as floor_m2
    from own
),
doubt as materialized (
    select
        area,
        100 * coalesce(sum(m2) filter (where floor_m2 is null), 0) > :max_unknown_percent * sum(m2) as is_doubtful
    from storeyed
    group by area
)
select
    s.area,
    s.feature,
    cast(s.floor_m2 as decimal(18, 3)) as counted,
    cast(case when s.floor_m2 is null and not d.is_doubtful then s.m2 else 0 end as decimal(18, 3)) as of,
    null as low,
    null as high,
    case when s.floor_m2 is null or d.is_doubtful then 'no-floor-area' end as reason
from storeyed as s
join doubt as d on d.area is not distinct from s.area
union all
select
    p.area,
    p.feature,
    case when k.is_known then 0 end as counted,
    cast(st_area(p.geom) as decimal(18, 3)) as of,
    null as low,
    null as high,
    case
        when not k.is_known then 'no-buildings'
        when d.is_doubtful then 'no-floor-area'
    end as reason
from part as p
cross join (select count(*) > 0 as is_known from own) as k
left join doubt as d on d.area = p.area
order by area, feature
