-- The reports in force of one batch, as edges between month boundaries (month 0 is January of
-- year 0); a stock's edge is its day, 31 to the month. A flow over parts of months has no place.
select t.subject, t.topic, a.area, t.kind_no as kind,
       case when t.kind_no = 2
            then (year(o.period_end) * 12 + month(o.period_end) - 1) * 31 + day(o.period_end) - 1
            else year(o.period_start) * 12 + month(o.period_start) - 1 end as start,
       case when t.kind_no = 2
            then (year(o.period_end) * 12 + month(o.period_end) - 1) * 31 + day(o.period_end)
            else year(o.period_end) * 12 + month(o.period_end) end as "end",
       case when o.obs_value is null then if(o.qualifier = 'non_numeric', 96, 32)
            else case o.qualifier when 'exact' then 0 when 'over' then 1 when 'at_least' then 2
                 when 'nearly' then 4 when 'about' then 8 else 16 end end as flags,
       coalesce(o.obs_value, 0) as value,
       coalesce(o.rounding, 0) as half,
       o.low, o.high,
       case o.obs_status when 'A' then 0 when 'B' then 1 when 'P' then 2 when 'E' then 3
            when 'O' then 10 when '_D' then 11 when 'M' then 12 else 0 end::tinyint as status,
       o.observation_id as id
from observation o
join topic t on t.dataset = o.dataset and t.indicator = o.indicator and t.breakdown = o.breakdown
join area a on a.ref_area = o.ref_area
where o.in_force and t.batch = getvariable('batch')
  and o.indicator between getvariable('first_indicator') and getvariable('last_indicator')
  and (t.kind_no = 2 or (day(o.period_start) = 1 and o.period_end = last_day(o.period_end)))
