-- What is expected of each series, for its segments. head is the first number of their shapes: the
-- kind, and how often reports are expected; parent is the area in whose total they count; compared
-- where a total of the same indicator was reported beside its parts: then roundings are asked for.
select k.series, k.topic, k.area, k.first, k.last, k.due_days, k.obliged,
       (k.kind_no * 16 + k.months)::bigint as head, b.area is null as leaf,
       if(k.sums, w.ancestor, null) as parent,
       bool_or(b.area is not null) over (partition by k.series // 10_000_000) as compared
from key k
left join (select distinct topic, area from branch) b using (topic, area)
left join inside w on w.dataset = k.dataset and w.descendant = k.area and w.steps = 1
order by k.series
