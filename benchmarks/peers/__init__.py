"""Pages that show what our Trends page shows, made as the tutorials of their libraries would."""

PERIODS = """
select distinct time_period from series where freq = 'Q' and indicator = ? order by 1
"""
SERIES = """
select a.name, s.time_period, s.obs_value
from series s join ref_area a using (ref_area)
where s.freq = 'Q' and s.breakdown = '_T' and s.indicator = ?
  and s.ref_area in (select unnest(?)) and s.time_period >= ?
order by a.name, s.time_period
"""
