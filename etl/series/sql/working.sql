-- Words by the numbers that stand for them in working tables.
set variable freqs = ['A', 'M', 'Q', 'S']::freq[];
set variable statuses = ['A', 'B', 'P', 'E', null, null, null, null, null, null,
                         'O', '_D', 'M']::obs_status_code[];
set variable qualifiers = (select list(qualifier order by flags)::qualifier[] from qualified);

-- Months are counted from January of year 0; series in the order of subject, area and topic.
create or replace temp macro month_number(day) as year(day) * 12 + month(day) - 1;
create or replace temp macro series_number(subject, area, place) as
    (subject * 10_000::bigint + area) * 1_000 + place;

-- Empty working tables that batches fill.
create or replace temp table shape (shape_id integer, head bigint, codes bigint[]);
create or replace temp table loop (shape_id integer, signs double[], closing integer);
create or replace temp table solved (
    plan_id integer, shape_id integer, freq integer, start integer, months integer,
    method method, value_at integer, value_less integer, value_signs double[],
    value_sizes double[], value_flags tinyint,
    ytd_method method, ytd_at integer, ytd_less integer, ytd_signs double[],
    ytd_sizes double[], ytd_flags tinyint,
    mark integer, conflict boolean, kept boolean, reason reason
);
create or replace temp table bound (shape_id integer, position integer, signs double[]);
create or replace temp table unseen (shape_id integer, position integer);
create or replace temp table variant (segment_id bigint, shape_id integer);
create or replace temp table link (
    topic integer, area bigint, freq integer, start bigint, measure text,
    segment_id bigint, plan_id integer
);
create or replace temp table dataset_end as
select dataset, least(max(month_number(period_end)), month_number(getvariable('as_of'))) + 1 as last
from observation group by dataset;
create or replace temp table operand_point as
select 0::integer as topic, 0::bigint as area, 0::integer as freq, 0::bigint as start,
       0.0::double as obs_value, 0::integer as flags, 0::tinyint as status, false as conflict,
       ''::reason as reason, 0::integer as n_reported, 0::integer as n_expected, 0::ubigint as cover,
       0.0::double as ytd_value, 0::integer as ytd_flags, 0::integer as ytd_n_reported,
       0::ubigint as ytd_cover
limit 0;
