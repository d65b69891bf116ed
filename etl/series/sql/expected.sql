-- What is expected of each series, for its segments, and where it counts: leaves at one depth sum
-- into their parents. head is the first number of their shapes: the kind, and how often reports are
-- expected.
select k.series, k.topic, k.area, a.depth, w.ancestor as parent, b.area is null as leaf,
       (k.kind_no * 16 + k.months)::bigint as head, k.first, k.last, k.due_days, k.obliged
from key k join area a using (area)
left join inside w on k.sums and w.dataset = k.dataset and w.descendant = k.area and w.steps = 1
left join (select distinct topic, area from branch) b on b.topic = k.topic and b.area = k.area
order by k.series
