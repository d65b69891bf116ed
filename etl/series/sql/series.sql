-- The finished rows of a batch, in words and in order.
create or replace temp table ordered as
select row_number() over () as place, *
from (select * from done join topic t using (topic)
      order by t.subject, area, topic, freq, start);

-- A hundred million numbers for each indicator of a dataset, so that they follow its order
-- whatever the order of building.
create or replace temp table numbered as
select (subject + 1)::bigint * 100_000_000 + place - first_place as series_id, o.*
from ordered o
join (select subject, min(place) as first_place from ordered group by subject) using (subject);

insert into series
select series_id, n.dataset, n.indicator, a.ref_area, n.breakdown, m.name, p.time_period,
       p.period_start, p.period_end, obs_value,
       if(isinf(low), null, low), if(isinf(high), null, high),
       case status when 0 then 'A' when 1 then 'B' when 2 then 'P' when 3 then 'E' when 10 then 'O'
            when 11 then '_D' else 'M' end,
       case when obs_value is null then if(reason = 'non_numeric', 'non_numeric', '')
            else q.qualifier end,
       conflict,
       case method when 0 then '' when 1 then 'reported' when 2 then 'derived' when 3 then 'summed'
            else 'ratio' end,
       n_reported, n_expected, ytd_value, if(ytd_value is null, '', y.qualifier),
       case ytd_method when 0 then '' when 1 then 'reported' when 2 then 'derived'
            when 3 then 'summed' else 'ratio' end,
       ytd_n_reported, reason, segment_id, plan_id
from numbered n
join area a using (area)
join frequency m using (freq)
join period p using (freq, start)
join qualified q on q.flags = n.flags
join qualified y on y.flags = n.ytd_flags
order by series_id;

insert into main.part
select n.series_id, l.measure, l.segment_id, l.plan_id
from link l join numbered n using (topic, area, freq, start);

set variable segments = (select coalesce(max(segment_id), getvariable('segments')) from segment_of);

insert into main.segment
select segment_id, list_transform(reports, r -> r.id) from segment_of
where reports is not null order by segment_id;
