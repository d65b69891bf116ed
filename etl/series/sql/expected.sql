-- What is expected of each series, for its segments. head is the first number of their shapes: the
-- kind, and how often reports are expected.
select k.topic * 1_000_000::bigint + k.area as series, k.first, k.last, k.due_days, k.obliged,
       (t.kind_no * 16 + k.months)::bigint as head, b.area is null as leaf
from key k join topic t using (topic)
left join (select distinct topic, area from branch) b using (topic, area)
order by series
