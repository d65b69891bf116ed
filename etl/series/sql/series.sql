-- The finished rows of a batch, in words and in order. A hundred million numbers for each indicator
-- of a dataset make them follow its order, whatever the order of building.
create or replace temp table ordered as
select d.*, t.subject from done d join topic t using (topic)
order by t.subject, area, topic, freq, start;

create or replace temp table first_row as
select subject, min(rowid) as first from ordered group by subject;

insert into series
select (subject + 1)::bigint * 100_000_000 + n.rowid - f.first + 1,
       t.dataset, t.indicator, a.ref_area, t.breakdown, (getvariable('freqs'))[freq + 1],
       p.time_period, p.period_start, p.period_end, obs_value,
       if(isinf(low), null, low), if(isinf(high), null, high),
       (getvariable('statuses'))[status + 1],
       if(obs_value is null, if(reason = 'non_numeric', 'non_numeric', '')::qualifier,
          (getvariable('qualifiers'))[flags + 1]),
       conflict, (getvariable('methods'))[method + 1], n_reported, n_expected,
       ytd_value, if(ytd_value is null, ''::qualifier, (getvariable('qualifiers'))[ytd_flags + 1]),
       (getvariable('methods'))[ytd_method + 1], ytd_n_reported, reason, segment_id, plan_id
from ordered n
join first_row f using (subject)
join topic t using (topic)
join area a using (area)
join period p on p.period = start * 4 + freq;

insert into main.part
select s.series_id, l.measure, l.segment_id, l.plan_id
from link l join topic t using (topic) join area a using (area) join frequency m using (freq)
join period p on p.period = l.start * 4 + l.freq
join series s on s.dataset = t.dataset and s.indicator = t.indicator
             and s.breakdown = t.breakdown and s.ref_area = a.ref_area and s.freq = m.name
             and s.period_start = p.period_start
where t.batch = getvariable('batch');

set variable segments = (select coalesce(max(segment_id), getvariable('segments'))
                         from segment_of);

insert into main.segment
select segment_id, list_transform(reports, r -> r.id) from segment_of
where reports is not null order by segment_id;
