-- Years between a series' first and last in which nothing was reported are segments as well.
with run as (
    select series, base // 12 as first_year, (until - 1) // 12 as last_year from cut
),
year as (
    select series, unnest(generate_series(first // 12, (last - 1) // 12)) as y
    from key left join (select series, sum(last_year - first_year + 1) as n from run group by series)
         using (series)
    where months > 0 and coalesce(n, 0) < (last - 1) // 12 - first // 12 + 1
)
select series, (y * 12)::bigint as base
from year
anti join (select series, unnest(generate_series(first_year, last_year)) as y
           from run semi join year using (series))
     using (series, y)
