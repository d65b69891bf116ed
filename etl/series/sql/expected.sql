-- What is expected of each series, for its segments. head is the first number of their shapes: the
-- kind, and how often reports are expected.
select k.series, k.topic, k.area, k.first, k.last, k.due_days, k.obliged,
       (k.kind_no * 16 + k.months)::bigint as head, b.area is null as leaf
from key k
left join (select distinct topic, area from branch) b using (topic, area)
order by k.series
