-- The first value of each series that counts by a new definition carries the status B.
update series set obs_status = 'B'
from (
    select min(s.series_id) as series_id
    from series s join definition_change c using (indicator)
    where s.obs_value is not null and s.period_end >= c.starts_on
    group by s.dataset, s.indicator, s.ref_area, s.breakdown, s.freq, c.starts_on
) first
where series.series_id = first.series_id;
