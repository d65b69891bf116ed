-- What is expected of each series: how often (the length of its frequency in months, 0 when no
-- report fits one), from which month to which, and how soon after a period's end. Reports of
-- 1—9月 belong to a series by quarters; a count at a month's end to one by that month's kind.
create or replace temp table key as
with reported as (
    select topic, area,
           min(if(kind = 2, start // 31, start)) as first,
           max(if(kind = 2, start // 31 + 1, "end")) as last,
           min(case
                   when kind = 1 then 12
                   when kind = 2 then
                       case when not month_end then null
                            when (start // 31) % 12 = 11 then 12
                            when (start // 31) % 12 = 5 then 6
                            when (start // 31) % 3 = 2 then 3
                            else 1 end
                   when "end" - start in (1, 3, 6, 12) and start % ("end" - start) = 0
                       then "end" - start
                   when "end" - start = 9 and start % 12 = 0 then 3
               end) as months
    from (select *, kind = 2 and day(day + interval 1 day) = 1 as month_end
          from (select *, make_date((start // 372)::bigint, ((start // 31) % 12 + 1)::bigint, 1)
                          + (start % 31)::integer as day from arrived))
    group by topic, area
),
obliged as (
    select t.topic, a.area, min(e.months) as months, max(e.due_days) as due_days,
           min(e.first) as first, max(coalesce(e.last, d.last)) as last
    from reporting e
    join reporting_indicator i on i.entry = e.entry
    join reporting_area r on r.entry = e.entry
    join topic t on t.dataset = e.dataset and t.indicator = i.indicator and t.breakdown = '_T'
    join area a on a.ref_area = r.ref_area
    join dataset_end d on d.dataset = e.dataset
    where t.batch = getvariable('batch') and t.reachable
    group by t.topic, a.area
)
select topic, area, t.subject, t.kind, t.sums,
       case when t.kind = 'plan' then 12 else coalesce(o.months, r.months, 0) end as months,
       coalesce(o.first, r.first) as first, coalesce(o.last, r.last) as last,
       coalesce(o.due_days, 0) as due_days, o.topic is not null as obliged
from reported r full join obliged o using (topic, area) join topic t using (topic);

-- A leaf has no series of the same topic below it; a branch is expected to sum its leaves.
create or replace temp table branch as
select k.topic, w.ancestor as area, k.first, k.last, k.obliged,
       count(*)::integer as n_leaves
from key k join topic t using (topic)
join inside w on w.dataset = t.dataset and w.descendant = k.area and w.steps > 0
where k.sums
  and not exists (select 1 from key b join inside v on v.descendant = b.area
                  where b.topic = k.topic and v.ancestor = k.area and v.dataset = t.dataset
                    and v.steps > 0)
group by all;
