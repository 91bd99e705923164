-- One row per place where residents stand: their persons count where the nearest facility is within the walk.
-- Band: low where edge, corner and straight line all agree that it is near, high where any of them does.
select
    r.area,
    r.feature,
    case when a.metres is not null then r.persons else 0 end as counted,
    r.persons as of,
    case
        when a.metres is not null and a.metres_node is not null and a.metres_line is not null then r.persons
        else 0
    end as low,
    case
        when a.metres is not null or a.metres_node is not null or a.metres_line is not null then r.persons
        else 0
    end as high,
    coalesce(r.reason, a.reason) as reason
from residents as r
join access as a on a.feature = r.feature and a.need = 0
order by r.feature
