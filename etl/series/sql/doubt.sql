-- A value that rests on a report of which a check warns carries the status U: its own series, and
-- the sums and rates over it.
create or replace temp table doubted_segment as
with doubted as (
    select observation_id, dataset, indicator, ref_area, breakdown
    from observation o join warned w
      on o.source_id::text = w.source_id and o.sheet::text = w.sheet and o.cell = w.cell
    where o.in_force
),
near as (
    select distinct s.segment_id
    from series s semi join doubted using (dataset, indicator, ref_area, breakdown)
    where s.segment_id is not null
),
report as (
    select segment_id, unnest(observations) as observation_id,
           unnest(range(1, len(observations) + 1)) as position
    from segment semi join near using (segment_id)
)
select segment_id, list(position) as positions
from report semi join doubted using (observation_id)
group by segment_id;

create or replace temp table doubted_series as
with resting as (
    select s.series_id, s.segment_id, s.plan_id
    from series s semi join doubted_segment using (segment_id)
    union all
    select p.series_id, p.segment_id, p.plan_id
    from part p semi join doubted_segment using (segment_id)
)
select distinct r.series_id
from resting r join doubted_segment d using (segment_id) join plan p using (plan_id)
where len(list_filter(d.positions,
          x -> coalesce(p.value[x], 0) <> 0 or coalesce(p.ytd[x], 0) <> 0)) > 0;

insert into doubted_series
select s.series_id
from series own semi join doubted_series using (series_id)
join area_within w on w.dataset = own.dataset and w.descendant = own.ref_area
join series s
  on s.ref_area = w.ancestor and s.dataset = own.dataset and s.indicator = own.indicator
 and s.breakdown = own.breakdown and s.freq = own.freq and s.period_start = own.period_start
where s.ref_area <> own.ref_area and 'summed' in (s.method, s.ytd_method);

insert into doubted_series
select s.series_id
from series over semi join doubted_series using (series_id)
join operand o on o.operand = over.indicator
join series s
  on s.indicator = o.indicator and s.dataset = over.dataset and s.ref_area = over.ref_area
 and s.breakdown = over.breakdown and s.freq = over.freq and s.period_start = over.period_start
where 'ratio' in (s.method, s.ytd_method);

update series set obs_status = 'U'
where series_id in (select series_id from doubted_series) and obs_status in ('A', 'E', 'P')
  and coalesce(obs_value, ytd_value) is not null;
drop table doubted_segment;
drop table doubted_series;
