-- What an area's own reports say of each period: the inner product of a segment's values and the
-- signs of its plan. status: 0 A, 1 B, 2 P, 3 E, 10 O, 11 _D, 12 M. start counts months.
create or replace temp view listed as
select s.*, coalesce(v.shape_id, h.shape_id) as shape_id
from segment_of s join shape h using (head, codes) left join variant v using (segment_id);

create or replace temp table point as
select * replace (case when obs_value is not null then ''::reason
                       when status = 12 then 'not_applicable'::reason
                       when status = 11 and reason in ('not_reported', 'not_derivable')
                       then 'not_due'::reason
                       else reason end as reason)
from (
select topic, area, freq, (base + p.start)::integer as start,
       case when value_less > 0 then round(vals[value_at] - vals[value_less], digits) + 0.0
            when value_at > 0 then vals[value_at]
            when value_signs is not null
            then round(list_inner_product(vals, value_signs), digits) + 0.0 end as obs_value,
       case when not compared then null
            when value_less > 0 then halves[value_at] + halves[value_less]
            when value_at > 0 then halves[value_at]
            when value_signs is not null then list_inner_product(halves, value_sizes) end
           as tolerance,
       case when value_flags > 0 then if(value_at > 0, lows[value_at], list_sum(list_transform(
            list_zip(lows, value_signs), x -> if(x[2] = 0, 0, x[1])))) end as low,
       case when value_flags > 0 then if(value_at > 0, highs[value_at], list_sum(list_transform(
            list_zip(highs, value_signs), x -> if(x[2] = 0, 0, x[1])))) end as high,
       value_flags as flags,
       case when worst = 0 and method <> ''::method then 0
            when value_less > 0 then greatest(statuses[value_at], statuses[value_less])
            when value_at > 0 then statuses[value_at]
            when value_signs is not null then list_max(list_transform(
                 list_zip(statuses, value_signs), x -> if(x[2] = 0, 0, x[1])))
            when mark > 0 then coalesce(statuses[mark], 0)
            when make_date(((base + p.start + p.months) // 12)::bigint,
                           ((base + p.start + p.months) % 12 + 1)::bigint, 1) - 1
                 + due_days::integer < getvariable('as_of') then 10 else 11 end::tinyint as status,
       p.conflict, p.method, p.reason, leaf, parent,
       case when ytd_less > 0 then round(vals[ytd_at] - vals[ytd_less], digits) + 0.0
            when ytd_at > 0 then vals[ytd_at]
            when ytd_signs is not null
            then round(list_inner_product(vals, ytd_signs), digits) + 0.0 end as ytd_value,
       case when not compared then null
            when ytd_less > 0 then halves[ytd_at] + halves[ytd_less]
            when ytd_at > 0 then halves[ytd_at]
            when ytd_signs is not null then list_inner_product(halves, ytd_sizes) end
           as ytd_tolerance,
       ytd_flags, ytd_method, segment_id::integer as segment_id, plan_id
from listed join solved p using (shape_id)
where p.kept
   or if(obliged, base + p.start < last and base + p.start + p.months > first,
         base + p.start >= first and base + p.start + p.months <= last)
);
