-- A quantity of the projects of the asked categories and works, one row each, times `scale`.
-- mode at_stage: what was done, else planned, of projects that reached the stage inside the span;
-- mode planned: what is planned, else done, of projects that reached the stage inside the span (works begun);
-- mode progress: what was added inside the span, whatever the stage.
-- `otherwise` stands for a quantity that nobody recorded ('' = it is unknown). Verified counts; what is only claimed
-- counts in `claimed`. A project cancelled since then counts no longer, except for what it had already added.
with progress as (
    select
        case_id,
        sum(
            case
                when cast(on_day as date) >= cast(:start as date) and cast(on_day as date) < cast(:end as date)
                then coalesce(cast(verified as decimal(24, 9)), 0)
                else 0
            end
        ) as verified,
        sum(
            case
                when cast(on_day as date) >= cast(:start as date) and cast(on_day as date) < cast(:end as date)
                then coalesce(cast(claimed as decimal(24, 9)), 0)
                else 0
            end
        ) as claimed
    from case_progress
    where name = :quantity
    group by case_id
),
project as (
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
        ) as is_claimed,
        cast(q.planned as decimal(24, 9)) as planned,
        cast(q.claimed as decimal(24, 9)) as claimed,
        cast(q.verified as decimal(24, 9)) as verified,
        cast(nullif(:otherwise, '') as decimal(24, 9)) as fallback,
        p.verified as verified_in_span,
        p.claimed as claimed_in_span
    from cases as c
    left join case_stage as r on r.case_id = c.id and r.stage = :stage
    left join case_quantity as q on q.case_id = c.id and q.name = :quantity
    left join progress as p on p.case_id = c.id
    left join project_site as s on s.feature = c.site
    where c.flow = 'project'
      and contains(',' || :category || ',', ',' || c.category || ',')
      and (:work = '' or coalesce(c.work, '') = '' or contains(',' || :work || ',', ',' || c.work || ','))
      and (:plan_target = '' or contains(';' || coalesce(c.plan_targets, '') || ';', ';' || :plan_target || ';'))
),
found as (
    select
        area,
        feature,
        is_vague,
        is_verified or is_claimed as is_reached,
        case
            when :mode = 'progress' then verified_in_span
            when not is_verified then 0
            when :mode = 'planned' then coalesce(planned, verified, claimed, fallback)
            else coalesce(verified, planned, fallback)
        end as verified,
        case
            when :mode = 'progress' then claimed_in_span
            when not (is_verified or is_claimed) then 0
            when :mode = 'planned' then coalesce(planned, claimed, fallback)
            else coalesce(claimed, planned, fallback)
        end as claimed
    from project
)
select
    area,
    feature,
    cast(case when is_vague then 0 else coalesce(verified, 0) end * cast(:scale as decimal(9, 6)) as decimal(18, 6))
        as counted,
    cast(
        case when is_vague then 0 else greatest(coalesce(claimed, 0), coalesce(verified, 0)) end
        * cast(:scale as decimal(9, 6))
        as decimal(18, 6)
    ) as claimed,
    1 as of,
    null as low,
    null as high,
    case
        when is_vague and (is_reached or coalesce(claimed, 0) <> 0) then 'no-work'
        when is_reached and verified is null and claimed is null then 'no-quantity'
    end as reason
from found
order by feature
