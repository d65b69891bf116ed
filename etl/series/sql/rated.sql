-- Rates: the rebuilt one beats the printed one, which stands where nothing can be rebuilt.
create or replace temp table done as
select coalesce(r.topic, p.topic) as topic, coalesce(r.area, p.area) as area,
       coalesce(r.freq, p.freq) as freq, coalesce(r.start, p.start) as start,
       coalesce(r.obs_value, p.obs_value) as obs_value,
       if(r.obs_value is null, p.low, null) as low, if(r.obs_value is null, p.high, null) as high,
       coalesce(if(r.obs_value is null, p.flags, r.flags), 0) as flags,
       if(r.obs_value is null and p.obs_value is not null, p.status, coalesce(r.status, p.status))
           as status,
       coalesce(r.conflict, false) or coalesce(p.conflict, false) as conflict,
       case when r.obs_value is not null then 4 else coalesce(p.method, 0) end as method,
       if(r.obs_value is null and p.obs_value is not null, '', coalesce(r.reason, p.reason)) as reason,
       if(r.obs_value is null, (p.obs_value is not null)::integer, r.n_reported) as n_reported,
       coalesce(r.n_expected, 1) as n_expected,
       coalesce(r.ytd_value, p.ytd_value) as ytd_value,
       coalesce(if(r.ytd_value is null, p.ytd_flags, r.ytd_flags), 0) as ytd_flags,
       case when r.ytd_value is not null then 4 else coalesce(p.ytd_method, 0) end as ytd_method,
       if(r.ytd_value is null, (p.ytd_value is not null)::integer, r.ytd_n_reported)
           as ytd_n_reported,
       p.segment_id, p.plan_id
from rebuilt r full join point p using (topic, area, freq, start);
