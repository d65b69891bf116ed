-- Leaves stand as their own reports say; branches were summed level by level.
create or replace temp view done as
select topic, area, freq, start, obs_value, low, high, flags, status, conflict, method, reason,
       (obs_value is not null)::integer as n_reported, 1 as n_expected, null::ubigint as cover,
       ytd_value, ytd_flags, ytd_method, (ytd_value is not null)::integer as ytd_n_reported,
       null::ubigint as ytd_cover, segment_id, plan_id
from point where leaf
union all
select topic, area, freq, start, obs_value, low, high, flags, status, conflict, method, reason,
       n_reported, n_expected, cover, ytd_value, ytd_flags, ytd_method, ytd_n_reported, ytd_cover,
       segment_id, plan_id
from levels;

insert into operand_point by name
select topic, area, freq, start, obs_value, flags, status, conflict, reason, n_reported,
       n_expected, cover, ytd_value, ytd_flags, ytd_n_reported, ytd_cover
from done where topic in (select unnest([numerator, denominator]) from ratio);
