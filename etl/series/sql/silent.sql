-- Years between a series' first and last in which nothing was reported are segments as well.
with year as (
    select series, unnest(generate_series(first // 12, (last - 1) // 12)) as y
    from key where months > 0 and years < (last - 1) // 12 - first // 12 + 1
)
select series, (y * 12)::bigint as base
from year
anti join (select series, unnest(generate_series(base // 12, (until - 1) // 12)) as y
           from cut semi join year using (series))
     using (series, y)
