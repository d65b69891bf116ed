-- Totals that an area did not report itself, from its own parts: only where the parts are
-- exhaustive and all of them have a value. One step: from the parts to what they make up.
create or replace temp table made as
select p.whole as topic, x.area, x.freq, x.start, p.dimension,
       count(x.obs_value) = p.n_parts as whole_value, count(x.ytd_value) = p.n_parts as whole_ytd,
       sum(x.obs_value::decimal(38, 6))::double as obs_value, sum(x.tolerance) as tolerance,
       sum(coalesce(x.low, x.obs_value)) as low, sum(coalesce(x.high, x.obs_value)) as high,
       bit_or(x.flags) as flags, max(x.status) as status, bool_or(x.conflict) as conflict,
       bool_and(x.leaf) as leaf, any_value(x.parent) as parent,
       sum(x.ytd_value::decimal(38, 6))::double as ytd_value, sum(x.ytd_tolerance) as ytd_tolerance,
       bit_or(x.ytd_flags) as ytd_flags
from point x join part_of p on p.part = x.topic and p.step = getvariable('step')
group by p.whole, x.area, x.freq, x.start, p.dimension, p.n_parts
having whole_value or whole_ytd
qualify row_number() over (partition by p.whole, area, freq, start
                           order by whole_value desc, whole_ytd desc, p.dimension) = 1;

create or replace temp table whole as
select coalesce(x.topic, m.topic) as topic, coalesce(x.area, m.area) as area,
       coalesce(x.freq, m.freq) as freq, coalesce(x.start, m.start) as start, m.dimension,
       x.obs_value is null and m.whole_value as fills, x.ytd_value is null and m.whole_ytd as fills_ytd,
       if(fills, m.obs_value, x.obs_value) as obs_value,
       if(fills, m.tolerance, x.tolerance) as tolerance,
       if(fills, if(m.flags > 0, m.low, null), x.low) as low,
       if(fills, if(m.flags > 0, m.high, null), x.high) as high,
       if(fills, m.flags, x.flags) as flags,
       if(fills, m.status, coalesce(x.status, 10)) as status,
       coalesce(if(fills, m.conflict, x.conflict), false) as conflict,
       if(fills, 'summed'::method, coalesce(x.method, ''::method)) as method,
       if(fills, ''::reason, coalesce(x.reason, 'incomplete'::reason)) as reason,
       coalesce(x.leaf, m.leaf) as leaf, coalesce(x.parent, m.parent) as parent,
       if(fills_ytd, m.ytd_value, x.ytd_value) as ytd_value,
       if(fills_ytd, m.ytd_tolerance, x.ytd_tolerance) as ytd_tolerance,
       if(fills_ytd, m.ytd_flags, x.ytd_flags) as ytd_flags,
       if(fills_ytd, 'summed'::method, coalesce(x.ytd_method, ''::method)) as ytd_method,
       x.segment_id, x.plan_id
from made m left join point x using (topic, area, freq, start)
where x.obs_value is null or x.ytd_value is null;

delete from point using whole w
where point.topic = w.topic and point.area = w.area and point.freq = w.freq
  and point.start = w.start;
insert into point select * exclude (dimension, fills, fills_ytd) from whole;

-- Which parts made up which value, down to parts with reports of their own.
insert into link
select w.topic, w.area, w.freq, w.start, m.measure, coalesce(l.segment_id, x.segment_id),
       coalesce(l.plan_id, x.plan_id)
from whole w
join part_of p on p.whole = w.topic and p.dimension = w.dimension and p.step = getvariable('step')
join (values ('value'), ('ytd')) m(measure) on if(m.measure = 'value', w.fills, w.fills_ytd)
join point x on x.topic = p.part and x.area = w.area and x.freq = w.freq and x.start = w.start
left join link l on l.topic = p.part and l.area = w.area and l.freq = w.freq
                and l.start = w.start and l.measure = m.measure;
