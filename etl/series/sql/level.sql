-- One level of areas: each branch is the sum over the children that count in its total, unless it
-- reported itself. Decimals add up the same in any order. n_reported and n_expected count leaves,
-- without those (n_exempt) that say that it does not apply to them; cover tells sets of leaves apart.
create or replace temp view below as
select p.topic, p.area, p.parent, p.freq, p.start, p.obs_value, p.tolerance, p.low, p.high, p.flags,
       p.status, p.conflict, p.reason, (p.obs_value is not null)::integer as n_reported,
       (p.status = 12)::integer as n_exempt,
       null::ubigint as cover, p.ytd_value, p.ytd_tolerance, p.ytd_flags,
       (p.ytd_value is not null)::integer as ytd_n_reported, null::ubigint as ytd_cover
from point p
where p.leaf and p.parent in (select area from area where depth = getvariable('depth'))
union all
select l.topic, l.area, w.ancestor, l.freq, l.start, l.obs_value, l.tolerance, l.low, l.high,
       l.flags, l.status, l.conflict, l.reason, l.n_reported, l.n_exempt, l.cover,
       l.ytd_value, l.ytd_tolerance, l.ytd_flags, l.ytd_n_reported, l.ytd_cover
from levels l join topic t using (topic)
join inside w on w.dataset = t.dataset and w.descendant = l.area and w.steps = 1
where t.sums and l.depth = getvariable('depth') + 1;

create or replace temp table summed as
select b.topic, b.parent as area, b.freq, b.start,
       sum(b.obs_value::decimal(38, 6))::double as obs_value, sum(b.tolerance) as tolerance,
       sum(coalesce(b.low, b.obs_value)) as low, sum(coalesce(b.high, b.obs_value)) as high,
       bit_or(if(b.obs_value is null, 0, b.flags)) as flags,
       coalesce(max(b.status) filter (b.obs_value is not null),
                case when bool_or(b.status = 10) then 10 when bool_or(b.status = 11) then 11
                     else 12 end)::tinyint as status,
       bool_or(b.conflict) as conflict,
       case when count(b.obs_value) > 0 then ''::reason
            when min(b.reason) = max(b.reason) then min(b.reason)
            else 'incomplete'::reason end as reason,
       sum(b.n_reported)::integer as n_reported, sum(b.n_exempt)::integer as n_exempt,
       bit_xor(if(b.obs_value is null, 0::ubigint, coalesce(b.cover, hash(b.area)))) as cover,
       sum(b.ytd_value::decimal(38, 6))::double as ytd_value, sum(b.ytd_tolerance) as ytd_tolerance,
       bit_or(if(b.ytd_value is null, 0, b.ytd_flags)) as ytd_flags,
       sum(b.ytd_n_reported)::integer as ytd_n_reported,
       bit_xor(if(b.ytd_value is null, 0::ubigint, coalesce(b.ytd_cover, hash(b.area)))) as ytd_cover
from below b
group by b.topic, b.parent, b.freq, b.start;

create or replace temp table expected as
select s.topic, s.area, s.freq, s.start, sum(b.n_leaves)::integer as leaves
from summed s join frequency m using (freq) join branch b
  on b.topic = s.topic and b.area = s.area
 and if(b.obliged, s.start < b.last and s.start + m.months > b.first,
        s.start >= b.first and s.start + m.months <= b.last)
group by all;

insert into levels by name
select getvariable('depth') as depth, coalesce(s.topic, x.topic) as topic, coalesce(s.area, x.area) as area,
       coalesce(s.freq, x.freq) as freq, coalesce(s.start, x.start) as start,
       x.obs_value is not null as own, x.ytd_value is not null as ytd_own,
       greatest(1, coalesce(e.leaves, 0) - coalesce(s.n_exempt, 0), coalesce(s.n_reported, 0),
                coalesce(s.ytd_n_reported, 0)) as n_expected,
       if(own, x.obs_value, s.obs_value) as obs_value,
       if(own, x.tolerance, s.tolerance) as tolerance,
       if(own, x.low, if(s.flags > 0, s.low, null)) as low,
       if(own, x.high, if(s.flags > 0, s.high, null)) as high,
       coalesce(if(own, x.flags, s.flags), 0) as flags,
       if(own, x.status, coalesce(s.status, x.status)) as status,
       coalesce(if(own, x.conflict, s.conflict or coalesce(x.conflict, false)), x.conflict) as conflict,
       if(own, x.method, if(s.obs_value is null, ''::method, 'summed'::method)) as method,
       if(own, ''::reason, coalesce(s.reason, x.reason)) as reason,
       if(own, n_expected, coalesce(s.n_reported, 0))::integer as n_reported,
       coalesce(s.n_exempt, 0) as n_exempt,
       if(own, null, s.cover) as cover,
       if(ytd_own, x.ytd_value, s.ytd_value) as ytd_value,
       if(ytd_own, x.ytd_tolerance, s.ytd_tolerance) as ytd_tolerance,
       coalesce(if(ytd_own, x.ytd_flags, s.ytd_flags), 0) as ytd_flags,
       if(ytd_own, x.ytd_method, if(s.ytd_value is null, ''::method, 'summed'::method)) as ytd_method,
       if(ytd_own, n_expected, coalesce(s.ytd_n_reported, 0))::integer as ytd_n_reported,
       if(ytd_own, null, s.ytd_cover) as ytd_cover,
       x.segment_id, x.plan_id
from summed s
full join (select p.* from point p join area a using (area)
           where not p.leaf and a.depth = getvariable('depth')) x using (topic, area, freq, start)
left join expected e using (topic, area, freq, start);

insert into own_total
select l.segment_id, l.plan_id, start, l.n_expected,
       l.own, l.method, l.obs_value, l.tolerance, l.flags,
       l.ytd_own, l.ytd_method, l.ytd_value, l.ytd_tolerance, l.ytd_flags,
       s.obs_value, s.tolerance, s.flags, s.n_reported,
       s.ytd_value, s.ytd_tolerance, s.ytd_flags, s.ytd_n_reported
from levels l join summed s using (topic, area, freq, start)
where l.depth = getvariable('depth') and l.segment_id is not null;
