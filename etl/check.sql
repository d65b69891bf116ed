-- What reports of different indicators, periods and parts must agree on. Python adds the tables
-- observations (with id), known (indicator, kind, whole), and part_of (breakdown, above, set_of,
-- set_size): each breakdown with every breakdown that holds it.

-- Numbers for what is reported again and again: millions of rows are joined by them.
create temp table key as
select row_number() over () as key, *
from (select distinct dataset, indicator, ref_area, breakdown from observations)
join known using (indicator);

-- One report a key and period: the highest approval, then the latest. lo and hi enclose what it can
-- mean: an exact value give or take its rounding, another one its bounds (null: none on that side).
-- A count that is printed to the unit is not rounded: 26 persons are 26.
create temp table latest as
with ranked as (
    select id, key, kind, period_start, period_end, obs_value as value,
           case when whole and rounding <= 0.5 then 0 else rounding end as half,
           case qualifier when 'exact' then obs_value - half else low end as lo,
           case qualifier when 'exact' then obs_value + half else high end as hi,
           row_number() over (
               partition by key, period_start, period_end
               order by approval desc, reported_on desc, id
           ) as rank
    from observations join key using (dataset, indicator, ref_area, breakdown)
)
select * exclude (rank, half) from ranked
where rank = 1 and value is not null and (lo is not null or hi is not null);

-- Sums of binary fractions are off in the last digits; that is no finding.
create temp macro clearly_above(a, b) as a - b > 1e-9 * greatest(abs(a), abs(b), 1);

create temp macro pairs(left_code, right_code) as table
    with twins as (
        select l.key as left_key, r.key as right_key
        from key as l join key as r using (dataset, ref_area, breakdown)
        where l.indicator = left_code and r.indicator = right_code
    )
    select l.id, [r.id] as others, l.value, r.value as other_value,
           l.lo, l.hi, r.lo as other_lo, r.hi as other_hi
    from twins
    join latest as l on l.key = left_key
    join latest as r on r.key = right_key
     and (r.period_start, r.period_end) = (l.period_start, l.period_end);

create temp macro about_equal(left_code, right_code) as table
    select id, others, value, other_value, abs(value - other_value) as gap,
           (hi - lo + other_hi - other_lo) / 2 as tolerance
    from pairs(left_code, right_code)
    where clearly_above(lo, other_hi) or clearly_above(other_lo, hi);

create temp macro at_most(left_code, right_code) as table
    select id, others, value, other_value, value - other_value as gap,
           (hi - lo + other_hi - other_lo) / 2 as tolerance
    from pairs(left_code, right_code)
    where clearly_above(lo, other_hi);

-- Parts of one key and period, added up where they are disjoint (the same set_of).
create temp table part_sum as
with holds as (
    select part.key, whole.key as above, set_of, set_size
    from key as part join part_of using (breakdown)
    join key as whole
      on (whole.dataset, whole.indicator, whole.ref_area, whole.breakdown)
       = (part.dataset, part.indicator, part.ref_area, part_of.above)
    where part.kind <> 'rate'
)
select list(id order by id) as ids, above as key, set_of, set_size, period_start, period_end,
       sum(value) as value, sum(coalesce(lo, 0)) as lo,
       case when count(hi) = count(*) then sum(hi) end as hi
from latest join holds using (key)
group by above, set_of, set_size, period_start, period_end;

-- All exhaustive parts of a total are there, and do not make it up.
create temp table parts as
select w.id, p.ids as others, w.value, p.value as other_value, abs(w.value - p.value) as gap,
       (w.hi - w.lo + p.hi - p.lo) / 2 as tolerance
from latest as w join part_sum as p using (key, period_start, period_end)
where len(p.ids) = p.set_size and (clearly_above(p.lo, w.hi) or clearly_above(w.lo, p.hi));

-- A flow over a span of months against what lies within it: the same flow over fewer months, or
-- parts of it. A span is matched by each year that it touches, so that a long history costs no
-- square.
create temp table within_flow as
with whole as (
    select id, key, period_start, period_end, value, hi,
           unnest(range(year(period_start), year(period_end) + 1)) as year
    from latest where kind = 'flow' and hi is not null
),
own as (
    select w.id, [p.id] as others, w.value, p.value as other_value, p.lo - w.hi as excess,
           w.period_end - w.period_start as days
    from whole as w join latest as p on w.key = p.key and w.year = year(p.period_start)
    where p.period_start >= w.period_start and p.period_end <= w.period_end
      and p.id <> w.id and clearly_above(p.lo, w.hi)
),
parted as (
    select w.id, p.ids as others, w.value, p.value as other_value, p.lo - w.hi as excess,
           w.period_end - w.period_start as days
    from whole as w join part_sum as p on w.key = p.key and w.year = year(p.period_start)
    where p.period_start >= w.period_start and p.period_end <= w.period_end
      and clearly_above(p.lo, w.hi)
)
select * from own union all select * from parted;

-- One issue a cause: each part against the shortest span that is below it, and each span against
-- the part that exceeds it most. What the check of parts found already is left to it.
create temp table contains as
with shortest as (
    select * from within_flow where id not in (select id from parts)
    qualify row_number() over (partition by others order by days, id) = 1
)
select id, others, value, other_value, other_value - value as gap, null as tolerance
from shortest
qualify row_number() over (partition by id order by excess desc, others) = 1;
