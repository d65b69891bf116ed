-- Rates rebuilt from numerator and denominator where both are known over the same areas: sums by
-- the leaves that they cover, an area's own report (cover is null) beside a complete sum.
create or replace temp table rebuilt as
select * replace (
    case when obs_value is not null then greatest(n_status, d_status)
         when n_missing then n_status when d_missing then d_status else 10 end as status,
    case when obs_value is not null then ''::reason when n_missing and d_missing then reason
         else 'incomplete'::reason end as reason)
from (
    select r.topic, n.area, n.freq, n.start,
           if(case when n.cover is null and d.cover is null then true
                   when n.cover is null or d.cover is null
                   then n.n_reported = n.n_expected and d.n_reported = d.n_expected
                   else n.cover = d.cover end,
              r.factor * n.obs_value / nullif(d.obs_value, 0), null) as obs_value,
           if(case when n.ytd_cover is null and d.ytd_cover is null then true
                   when n.ytd_cover is null or d.ytd_cover is null
                   then n.ytd_n_reported = n.n_expected and d.ytd_n_reported = d.n_expected
                   else n.ytd_cover = d.ytd_cover end,
              r.factor * n.ytd_value / nullif(d.ytd_value, 0), null) as ytd_value,
           if(n.flags | d.flags > 0, 8, 0) as flags,
           if(n.ytd_flags | d.ytd_flags > 0, 8, 0) as ytd_flags,
           n.status as n_status, d.status as d_status, 0::tinyint as status,
           n.obs_value is null as n_missing, d.obs_value is null as d_missing,
           n.conflict or d.conflict as conflict, n.reason,
           n.n_reported, n.ytd_n_reported, greatest(n.n_expected, d.n_expected) as n_expected
    from ratio r
    join topic t on t.topic = r.topic
    join operand_point n on n.topic = r.numerator
    join operand_point d on d.topic = r.denominator and d.area = n.area and d.freq = n.freq
                        and d.start = n.start
    where t.batch = getvariable('batch')
);
-- Rates: the rebuilt one beats the printed one, which stands where nothing can be rebuilt.
create or replace temp view done as
select coalesce(r.topic, p.topic) as topic, coalesce(r.area, p.area) as area,
       coalesce(r.freq, p.freq) as freq, coalesce(r.start, p.start) as start,
       coalesce(r.obs_value, p.obs_value) as obs_value,
       if(r.obs_value is null, p.low, null) as low, if(r.obs_value is null, p.high, null) as high,
       coalesce(if(r.obs_value is null, p.flags, r.flags), 0) as flags,
       if(r.obs_value is null and p.obs_value is not null, p.status, coalesce(r.status, p.status))
           as status,
       coalesce(r.conflict, false) or coalesce(p.conflict, false) as conflict,
       case when r.obs_value is not null then 'ratio'::method else coalesce(p.method, ''::method) end as method,
       if(r.obs_value is null and p.obs_value is not null, ''::reason,
          coalesce(r.reason, p.reason)) as reason,
       if(r.obs_value is null, (p.obs_value is not null)::integer, r.n_reported) as n_reported,
       coalesce(r.n_expected, 1) as n_expected,
       coalesce(r.ytd_value, p.ytd_value) as ytd_value,
       coalesce(if(r.ytd_value is null, p.ytd_flags, r.ytd_flags), 0) as ytd_flags,
       case when r.ytd_value is not null then 'ratio'::method else coalesce(p.ytd_method, ''::method) end as ytd_method,
       if(r.ytd_value is null, (p.ytd_value is not null)::integer, r.ytd_n_reported)
           as ytd_n_reported,
       p.segment_id, p.plan_id
from rebuilt r full join point p using (topic, area, freq, start)
order by topic, area, freq, start;
