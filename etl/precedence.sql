-- Says of each report that is not alone with its key whether it is in force. A correction is (its
-- level of approval is 3), then the one that a person named, then the most approved, then the
-- latest, and never one that a person called wrong; a mark like 未报 never beats a number. Reports that tie with different values all stay in
-- force: they contradict each other, and series says so.
with ranked as (
    select observation_id, obs_value, qualifier, low, high, approval, reported_on,
           obs_value is null and obs_status in ('O', '_D') as silent,
           key,
           a.source_id is not null as answered,
           w.observation_id is not null as wrong,
           rank() over by_rank as place,
           first_value(approval) over by_rank as best_approval
    from repeated r
    left join chosen_by_answer a using (dataset, indicator, ref_area, breakdown,
                                        period_start, period_end, source_id, sheet, cell)
    left join wrong w using (observation_id)
    window by_rank as (partition by key
                       order by wrong, approval = 3 desc, answered desc, silent, approval desc,
                                reported_on desc)
),
said as (
    select *, row_number() over (partition by key, place, if(silent, null, obs_value),
                                     if(silent, null, qualifier), low, high
                                 order by observation_id) as turn
    from ranked
),
chosen as (
    select *, place = 1 and turn = 1 and not wrong as in_force from said
)
select observation_id, in_force,
       case when in_force and approval = 3 then 'correction'
            when best_approval = 3 then 'corrected'
            when in_force and answered then 'answered'
            when in_force and count(*) filter (in_force) over (partition by key) > 1 then 'conflict'
            when in_force and min(approval) over (partition by key) < approval then 'approved'
            when in_force then 'latest'
            when c.turn > 1 or exists (
                select 1 from chosen f where f.key = c.key and f.in_force
                  and f.obs_value is not distinct from c.obs_value and f.qualifier = c.qualifier)
            then 'duplicate'
            when silent then 'mark'
            when approval < best_approval then 'less_approved'
            else 'superseded' end as reason
from chosen c
order by observation_id;
