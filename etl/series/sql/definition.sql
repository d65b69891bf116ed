-- Nothing is derived across a change of definition: neither from a report that has months on both
-- sides of it, nor of a period that has. What was reported stands as it is.
create or replace temp table across as
with plan as (
    select p.topic, p.area, p.freq, p.start, q.months, s.base, s.codes,
           year(c.starts_on) * 12 + month(c.starts_on) - 1 as changed,
           if(p.method <> 'derived'::method, [], coalesce(q.value_signs, list_transform(range(1, len(s.codes) + 1),
              n -> if(n = q.value_at or n = q.value_less, 1.0, 0.0)))) as used,
           if(p.ytd_method <> 'derived'::method, [], coalesce(q.ytd_signs, list_transform(range(1, len(s.codes) + 1),
              n -> if(n = q.ytd_at or n = q.ytd_less, 1.0, 0.0)))) as ytd_used
    from point p
    join topic t using (topic)
    join definition_change c on c.indicator = t.indicator
    join segment_of s using (segment_id)
    join solved q using (plan_id)
    where t.kind <> 'stock' and 'derived'::method in (p.method, p.ytd_method)
),
span as (
    select *, list_transform(codes, c -> [base + (c >> 27),
                                          base + (c >> 7) % 1_048_576]) as spans
    from plan
),
judged as (
    select topic, area, freq, start,
           len(used) > 0 and (start < changed and start + months > changed or list_bool_or(
               list_transform(list_zip(spans, used),
                              x -> x[2] <> 0 and x[1][1] < changed and x[1][2] > changed)))
               as value_across,
           len(ytd_used) > 0 and (start - start % 12 < changed and start + months > changed
               or list_bool_or(list_transform(list_zip(spans, ytd_used),
                              x -> x[2] <> 0 and x[1][1] < changed and x[1][2] > changed)))
               as ytd_across
    from span
)
select topic, area, freq, start, bool_or(value_across) as value_across,
       bool_or(ytd_across) as ytd_across
from judged group by all;

update point set obs_value = null, tolerance = null, low = null, high = null, flags = 0,
                 status = 10, method = '', reason = 'not_derivable'
from across a
where a.value_across and (a.topic, a.area, a.freq, a.start)
                       = (point.topic, point.area, point.freq, point.start);

update point set ytd_value = null, ytd_tolerance = null, ytd_flags = 0, ytd_method = ''
from across a
where a.ytd_across and (a.topic, a.area, a.freq, a.start)
                     = (point.topic, point.area, point.freq, point.start);

drop table across;
