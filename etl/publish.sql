-- Numbers the reports and says of each whether it is in force. Of several reports of one key the
-- most approved is, then the latest; a mark like 未报 never beats a number. Reports that tie with
-- different values all stay in force: they contradict each other, and series says so.
create or replace temp table numbered as
select row_number() over (order by dataset, indicator, ref_area, breakdown, period_start,
                          period_end, source_id, sheet, cell, printed, obs_value)
           as observation_id, *
from arrived;

create or replace temp table repeated as
select dataset, indicator, ref_area, breakdown, period_start, period_end
from numbered group by all having count(*) > 1;

create or replace temp table judged as
with ranked as (
    select observation_id, obs_value, qualifier, low, high, approval, reported_on,
           obs_value is null and obs_status in ('O', '_D') as silent,
           min(observation_id) over every_report as key,
           rank() over by_rank as place,
           first_value(approval) over by_rank as best_approval
    from numbered n semi join repeated r
      using (dataset, indicator, ref_area, breakdown, period_start, period_end)
    window every_report as (partition by dataset, indicator, ref_area, breakdown, period_start,
                            period_end),
           by_rank as (partition by dataset, indicator, ref_area, breakdown, period_start,
                       period_end order by silent, approval desc, reported_on desc)
),
said as (
    select *, row_number() over (partition by key, place, if(silent, null, obs_value),
                                     if(silent, null, qualifier), low, high
                                 order by observation_id) as turn
    from ranked
),
chosen as (
    select *, place = 1 and turn = 1 as in_force from said
)
select observation_id, in_force,
       case when in_force and count(*) filter (in_force) over (partition by key) > 1 then 'conflict'
            when in_force and min(approval) over (partition by key) < approval then 'approved'
            when in_force then 'latest'
            when c.turn > 1 or exists (
                select 1 from chosen f where f.key = c.key and f.in_force
                  and f.obs_value is not distinct from c.obs_value and f.qualifier = c.qualifier)
            then 'duplicate'
            when silent then 'mark'
            when approval < best_approval then 'less_approved'
            else 'superseded' end as reason
from chosen c;

insert into observation
select n.*, coalesce(j.in_force, true), coalesce(j.reason, 'only')
from numbered n left join judged j using (observation_id)
order by observation_id;
