-- What the reports in force say in two vintages, attached as old and new. Reports of one key that
-- contradict each other are told by the first of them; restricted indicators are not told. Vintages
-- of before D136 bound what is exact, by its value.
create temp table before as
select observation_id,
       hash(dataset, indicator, ref_area, breakdown, period_start, period_end,
            obs_value, coalesce(low, obs_value), coalesce(high, obs_value), obs_status,
            qualifier) as said
from old.observation
where in_force and (reason <> 'conflict' or observation_id in (
    select min(observation_id) from old.observation where in_force and reason = 'conflict'
    group by dataset, indicator, ref_area, breakdown, period_start, period_end));

create temp table after as
select observation_id,
       hash(dataset, indicator, ref_area, breakdown, period_start, period_end,
            obs_value, coalesce(low, obs_value), coalesce(high, obs_value), obs_status,
            qualifier) as said
from new.observation
where in_force and (reason <> 'conflict' or observation_id in (
    select min(observation_id) from new.observation where in_force and reason = 'conflict'
    group by dataset, indicator, ref_area, breakdown, period_start, period_end));

-- What both say alike drops out first: of a million figures a few change.
create temp table gone as from before anti join after using (said);
create temp table come as from after anti join before using (said);

create temp table revision as
select case when b.observation_id is null then 'added'
            when a.observation_id is null then 'removed'
            when (a.obs_value, coalesce(a.low, a.obs_value), coalesce(a.high, a.obs_value))
                 is distinct from
                 (b.obs_value, coalesce(b.low, b.obs_value), coalesce(b.high, b.obs_value))
            then 'revised'
            else 'reflagged' end as change,
       dataset, indicator, ref_area, breakdown, period_start, period_end,
       coalesce(a.time_period, b.time_period) as time_period,
       b.obs_value as old_value, b.obs_status as old_status, b.qualifier as old_qualifier,
       b.printed as old_printed, b.unit_printed as old_unit,
       b.source_file as old_source_file, b.sheet as old_sheet, b.cell as old_cell,
       null::text as old_method,
       a.obs_value as new_value, a.obs_status as new_status, a.qualifier as new_qualifier,
       a.printed as new_printed, a.unit_printed as new_unit,
       a.source_file as new_source_file, a.sheet as new_sheet, a.cell as new_cell,
       null::text as new_method
from (from old.observation semi join gone using (observation_id)) b
full join (from new.observation semi join come using (observation_id)) a
    using (dataset, indicator, ref_area, breakdown, period_start, period_end)
where indicator not in (select indicator from new.indicator where access = 'restricted'
                        union all
                        select indicator from old.indicator where access = 'restricted');
