-- Rates rebuilt from numerator and denominator where both are known over the same areas.
create or replace temp table rebuilt as
select * replace (
    case when obs_value is not null then greatest(n_status, d_status)
         when n_missing then n_status else d_status end as status,
    case when obs_value is not null then '' when n_missing and d_missing then reason
         else 'incomplete' end as reason)
from (
    select r.topic, n.area, n.freq, n.start,
           if(n.cover is not distinct from d.cover
              or (n.n_reported = n.n_expected and d.n_reported = d.n_expected),
              r.factor * n.obs_value / nullif(d.obs_value, 0), null) as obs_value,
           if(n.ytd_cover is not distinct from d.ytd_cover
              or (n.ytd_n_reported = n.n_expected and d.ytd_n_reported = d.n_expected),
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
