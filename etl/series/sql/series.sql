-- Sums were compared with their parts: nothing asks for roundings from here on.
alter table point drop column tolerance;
alter table point drop column ytd_tolerance;

-- The finished rows of a batch, in words; of millions by their numbers, so that a question about a
-- few areas reads one row group of an indicator instead of six. They are sorted when they are enums.
insert into series
select number_of(t.subject, area, t.place, freq, start), t.dataset, t.indicator, a.ref_area,
       t.breakdown, (getvariable('freqs'))[freq + 1], p.time_period, p.period_start, p.period_end,
       obs_value, if(isinf(low), null, low), if(isinf(high), null, high),
       (getvariable('statuses'))[status + 1],
       if(obs_value is null, if(reason = 'non_numeric', 'non_numeric', '')::qualifier,
          (getvariable('qualifiers'))[flags + 1]),
       conflict, method, n_reported, n_expected,
       ytd_value, if(ytd_value is null, ''::qualifier, (getvariable('qualifiers'))[ytd_flags + 1]),
       ytd_method, ytd_n_reported, reason, segment_id, plan_id
from done join topic t using (topic)
join area a using (area)
join period p on p.period = start * 4 + freq
{order};

insert into main.part
select number_of(t.subject, l.area, t.place, l.freq, l.start), l.measure, l.segment_id, l.plan_id
from link l join topic t using (topic) where t.batch = getvariable('batch');

insert into main.segment
select segment_id, ids from segment_of where len(ids) > 0;
