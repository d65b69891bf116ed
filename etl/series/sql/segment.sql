-- A segment is a calendar year of a series, joined to its neighbours only where a report crosses
-- 1 January: nothing is lost by it, because an uncrossed 1 January is a cut node.
create or replace temp table crossing as
select distinct topic, area from report where kind <> 'stock' and ("end" - 1) // 12 > start // 12;

create or replace temp view based as
select r.*, start - start % if(kind = 'stock', 372, 12) as base
from report r anti join crossing using (topic, area)
union all
select * exclude (reach, part), min(start - start % 12) over (partition by topic, area, part)
from (
    select *, sum(if(start - start % 12 >= coalesce(reach, 0), 1, 0))
                  over (partition by topic, area order by start, "end" desc, observation_id) as part
    from (select r.*, max("end") over (partition by topic, area
                                       order by start, "end" desc, observation_id
                                       rows between unbounded preceding and 1 preceding) as reach
          from report r semi join crossing using (topic, area))
);

create or replace temp table grouped as
select topic, area, if(kind = 'stock', base // 31, base) as base, max("end" - base) as width,
       list_sort(list({code: ((start - base) * 65536 + ("end" - base)) * 128 + flags, half: half,
                       id: observation_id, value: obs_value, status: status,
                       low: low, high: high})) as reports,
       max(flags) % 32 > 0 as inexact, max(status) as worst,
       least(12, greatest(2, 2 - floor(log10(2 * coalesce(min(half) filter (half > 0), 0.5)))))
           as digits
from based group by topic, area, kind, base;

-- Years between a series' first and last in which nothing was reported have a segment as well.
create or replace temp table silent as
with year as (
    select topic, area, unnest(generate_series(first // 12, (last - 1) // 12)) as y
    from key left join (
        select topic, area, sum(greatest(1, if(t.kind = 'stock', 1, (width + 11) // 12))) as n
        from grouped join topic t using (topic) group by topic, area) using (topic, area)
    where months > 0 and coalesce(n, 0) < (last - 1) // 12 - first // 12 + 1
)
select topic, area, y * 12 as base from year
anti join (select topic, area,
                  unnest(generate_series(base // 12, (base + greatest(width, 1) - 1) // 12)) as y
           from (select g.* replace (if(t.kind = 'stock', 1, width) as width)
                 from grouped g join topic t using (topic)) g) using (topic, area, y);

create or replace temp table segment_of as
select getvariable('segments') + row_number() over (order by subject, area, topic, base)
           as segment_id,
       *, [kind_no * 16 + months] || coalesce(list_transform(reports, r -> r.code), [])
           as shape_key
from (
    select g.topic, g.area, g.base, g.reports, g.inexact, g.worst, g.digits,
           k.subject, k.first, k.last, k.due_days, k.obliged, k.months,
           case k.kind when 'flow' then 0 when 'plan' then 1 when 'stock' then 2 else 3 end
               as kind_no,
           b.area is null as leaf
    from (select topic, area, base, reports, inexact, worst, digits from grouped
          union all
          select topic, area, base, null, false, 0, 2 from silent) g
    join key k using (topic, area)
    left join (select distinct topic, area from branch) b using (topic, area)
);

drop table report;
drop table grouped;
drop table silent;
