-- The reports in force of one batch, as edges between month boundaries (month 0 is January of
-- year 0); a stock's edge is its day, 31 to the month. A flow over parts of months has no place.
-- Series and edges are one number each, which sort fast (an edge by start, end and flags). months is
-- the length of the frequency that a report belongs to, 99 where there is none: 1—9月 belongs to a
-- series by quarters; a count at a month's end to one by that month's kind.
select series, kind_no as kind, (start << 27) + ("end" << 7)
       + case when obs_value is null then if(qualifier = 'non_numeric', 96, 32)
              else case qualifier when 'exact' then 0 when 'over' then 1 when 'at_least' then 2
                   when 'nearly' then 4 when 'about' then 8 else 16 end end as edge,
       case when kind_no = 1 then 12
            when kind_no = 2 then
                case when period_end <> last_day(period_end) then 99
                     when month(period_end) = 12 then 12
                     when month(period_end) = 6 then 6
                     when month(period_end) % 3 = 0 then 3
                     else 1 end
            when "end" - start in (1, 3, 6, 12) and start % ("end" - start) = 0 then "end" - start
            when "end" - start = 9 and start % 12 = 0 then 3
            else 99 end::tinyint as months,
       coalesce(obs_value, 0) as value,
       coalesce(rounding, 0) as half,
       case obs_status when 'A' then 0 when 'B' then 1 when 'P' then 2 when 'E' then 3
            when 'O' then 10 when '_D' then 11 when 'M' then 12 else 0 end::tinyint as status,
       observation_id as id
from (
    select o.*, t.kind_no, series_number(t.subject, a.area, t.place) as series,
           if(t.kind_no = 2, month_number(o.period_end) * 31 + day(o.period_end) - 1,
              month_number(o.period_start)) as start,
           if(t.kind_no = 2, start + 1, month_number(o.period_end) + 1) as "end"
    from observation o
    join topic t on t.dataset = o.dataset and t.indicator = o.indicator
                and t.breakdown = o.breakdown
    join area a on a.ref_area = o.ref_area
    where o.in_force and t.batch = getvariable('batch')
      and o.observation_id between getvariable('first_id') and getvariable('last_id')
      and (t.kind_no = 2 or (day(o.period_start) = 1 and o.period_end = last_day(o.period_end)))
)
