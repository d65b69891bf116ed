"""Pages that show what ours show, made as the tutorials of their libraries would."""

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

# Of one area's parts in a period; of one area up to a period, eight indicators; of the parts from a
# period on, with what our list shows of each.
RANKED = """
select a.name, s.obs_value
from series s join ref_area a using (ref_area)
where s.freq = 'Q' and s.breakdown = '_T' and s.indicator = ? and s.time_period = ?
  and a.parent = ? and s.obs_value is not null
order by s.obs_value desc
"""
TILES = """
select indicator, time_period, obs_value from series
where freq = 'Q' and breakdown = '_T' and ref_area = ? and time_period <= ?
  and indicator in (select indicator from series where freq = 'Q' and obs_value is not null
                    group by all order by count(*) desc, indicator limit 8)
order by indicator, time_period
"""
LISTED = """
select s.indicator, a.name, s.time_period, s.obs_value, s.obs_status, s.qualifier
from series s join ref_area a using (ref_area)
where s.freq = 'Q' and s.breakdown = '_T' and s.indicator = ? and s.time_period >= ?
  and a.parent = ?
order by a.ref_area, s.time_period
"""
