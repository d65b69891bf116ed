-- Years between a series' first and last in which nothing was reported are segments as well.
with run as (
    select g.topic, g.area, g.base, if(t.kind = 'stock', 1, g.width) as width
    from cut g join topic t using (topic)
),
year as (
    select topic, area, unnest(generate_series(first // 12, (last - 1) // 12)) as y
    from key left join (select topic, area, sum((greatest(width, 1) + 11) // 12) as n
                        from run group by topic, area) using (topic, area)
    where months > 0 and coalesce(n, 0) < (last - 1) // 12 - first // 12 + 1
)
select t.subject::bigint as subject, area::bigint as area, topic::bigint as topic,
       (y * 12)::bigint as base
from year join topic t using (topic)
anti join (select topic, area,
                  unnest(generate_series(base // 12, (base + greatest(width, 1) - 1) // 12)) as y
           from run) using (topic, area, y)
