-- Projects of the asked categories and works, one row each: 1 where the stage was reached inside the span.
-- Verified counts; what is only claimed counts in `claimed`. A project cancelled since then counts no longer.
-- Where works are asked for and a project's own is not recorded, a project that reached the stage is unknown.
with project as (
    select
        c.feature,
        coalesce(s.area, c.area) as area,
        :work <> '' and coalesce(c.work, '') = '' as is_vague,
        coalesce(
            cast(r.verified_on as date) >= cast(:start as date)
            and cast(r.verified_on as date) < cast(:end as date)
            and coalesce(c.verified_stage, '') <> 'cancelled',
            false
        ) as is_verified,
        coalesce(
            cast(r.claimed_on as date) >= cast(:start as date)
            and cast(r.claimed_on as date) < cast(:end as date)
            and c.stage <> 'cancelled',
            false
        ) as is_claimed
    from cases as c
    left join case_stage as r on r.case_id = c.id and r.stage = :stage
    left join project_site as s on s.feature = c.site
    where c.flow = 'project'
      and contains(',' || :category || ',', ',' || c.category || ',')
      and (:work = '' or coalesce(c.work, '') = '' or contains(',' || :work || ',', ',' || c.work || ','))
      and (:plan_target = '' or contains(';' || coalesce(c.plan_targets, '') || ';', ';' || :plan_target || ';'))
)
select
    area,
    feature,
    case when is_verified then 1 else 0 end as counted,
    case when is_verified or is_claimed then 1 else 0 end as claimed,
    1 as of,
    null as low,
    null as high,
    case when is_vague and (is_verified or is_claimed) then 'no-work' end as reason
from project
order by feature
