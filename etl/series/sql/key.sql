-- What is expected of each series: how often (the length of its frequency in months, 0 when no
-- report fits one), from which month to which, and how soon after a period's end; in how many years
-- anything was reported.
create or replace temp table key as
with came as (
    select series, min(since) as first, max(until) as last, nullif(min(months), 99) as months,
           sum((until - 1) // 12 - base // 12 + 1)::integer as years
    from cut group by series
),
-- What came in the year before is owed while areas beside it still report: by the county that did
-- not come this quarter, not by one that fell silent years ago.
reported as (
    select c.* replace (greatest(c.last, least(c.last + 12, max(c.last) over (
               partition by c.series // 10_000_000, c.series % 1_000,
                            coalesce(w.ancestor, -1 - c.series // 1_000 % 10_000)))) as last)
    from came c
    join topic t on t.subject = c.series // 10_000_000 and t.place = c.series % 1_000
    left join inside w
      on w.dataset = t.dataset and w.descendant = c.series // 1_000 % 10_000 and w.steps = 1
),
obliged as (
    select series_number(t.subject, a.area, t.place) as series,
           min(e.months) as months, max(e.due_days) as due_days,
           min(e.first) as first, max(coalesce(e.last, d.last)) as last
    from reporting e
    join reporting_indicator i on i.entry = e.entry
    join reporting_area r on r.entry = e.entry
    join topic t on t.dataset = e.dataset and t.indicator = i.indicator and t.breakdown = '_T'
    join area a on a.ref_area = r.ref_area
    join dataset_end d on d.dataset = e.dataset
    where t.batch = getvariable('batch') and t.reachable
    group by all
)
select series, t.topic, (series // 1_000 % 10_000)::integer as area, t.sums, t.dataset,
       case when t.kind = 'plan' then 12 else coalesce(o.months, r.months, 0) end as months,
       coalesce(o.first, r.first) as first, coalesce(o.last, r.last) as last,
       coalesce(o.due_days, 0) as due_days, o.series is not null as obliged, t.kind_no,
       coalesce(r.years, 0) as years
from reported r full join obliged o using (series)
join topic t on t.subject = series // 10_000_000 and t.place = series % 1_000;

-- A leaf has no series of the same topic below it; a branch is expected to sum its leaves.
create or replace temp table branch as
select k.topic, w.ancestor as area, k.first, k.last, k.obliged,
       count(*)::integer as n_leaves
from key k
join inside w on w.dataset = k.dataset and w.descendant = k.area and w.steps > 0
where k.sums
  and not exists (select 1 from key b join inside v on v.descendant = b.area
                  where b.topic = k.topic and v.ancestor = k.area and v.dataset = k.dataset
                    and v.steps > 0)
group by all;
