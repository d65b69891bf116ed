-- The tables of a vintage: the contract between etl and dashboard (docs/contract.md).

-- Words that are few: an enum reads and compares as text, and is written and scanned several times
-- as fast. etl/tables.py makes those that end in _word from the catalogue and the reports.
create type freq as enum ('A', 'M', 'Q', 'S');
create type obs_status_code as enum ('A', 'B', 'E', 'M', 'O', 'P', 'U', '_D');
create type qualifier as enum (
    '', 'about', 'at_least', 'exact', 'implied', 'nearly', 'non_numeric', 'over'
);
create type method as enum ('', 'derived', 'ratio', 'reported', 'summed');
create type reason as enum (
    '', 'conflict', 'incomplete', 'inexact', 'non_numeric', 'not_applicable', 'not_derivable',
    'not_due', 'not_reported'
);

-- A series_id is the number of its key: dataset and indicator (subject), area, breakdown (place),
-- frequency, month since 1900. Thus it follows the order of the keys, and stays below 2^53, which a
-- browser counts exactly. It is the sum of the numbers of a topic (all but area and month), of an
-- area and of a month: questions find any value by adding up, without comparing words.
create macro number_of(subject, area, place, freq, start) as
    ((((subject + 1)::bigint * 10_000 + area) * 1_000 + place) * 10 + freq) * 10_000 + start - 22_800;
create macro topic_of(series_id) as
    series_id // 1_000_000_000_000 * 1_000_000_000_000 + series_id % 100_000_000 // 10_000 * 10_000;
create macro area_of(series_id) as series_id // 100_000_000 % 10_000 * 100_000_000;
create macro month_of(series_id) as series_id % 10_000;

create table observation (
    observation_id    bigint  not null,
    dataset           dataset_word not null,
    indicator         indicator_word not null,
    ref_area          ref_area_word not null,
    breakdown         breakdown_word not null,   -- '_T' or 'dimension:code' pairs joined by ';'
    period_start      date    not null,
    period_end        date    not null,
    time_period       time_period_word not null,
    period_inferred   boolean not null,
    obs_value         double,             -- base unit; null only with a status
    rounding          double,             -- half a unit of the last printed digit
    obs_status        obs_status_code not null,
    qualifier         qualifier not null,
    low               double,             -- what a value that is not exact can mean, from and to
    high              double,
    printed           text    not null using compression uncompressed,  -- to try others costs more
    unit_printed      unit_printed_word not null,
    source_id         source_id_word not null,
    source_file       source_file_word not null,
    sheet             sheet_word not null,
    cell              text    not null using compression uncompressed,
    reported_on       date    not null,
    reported_on_basis reported_on_basis_word not null,   -- printed, file, load
    approval          tinyint not null,   -- -1 prior, 0 draft, 1 reported, 2 approved, 3 corrected
    in_force          boolean not null,
    reason            standing_word not null    -- why this report is, or is not, in force
);

-- Reports whose figure could not be read, though it is known what they are of: they came.
create table unread (
    dataset      text not null,
    indicator    text not null,
    ref_area     text not null,
    breakdown    text not null,
    period_start date not null,
    period_end   date not null,
    source_id    text not null,
    sheet        text not null,
    cell         text not null,
    reported_on  date not null
);

create table series (
    series_id      bigint  not null,
    dataset        dataset_word not null,
    indicator      indicator_word not null,
    ref_area       ref_area_word not null,
    breakdown      breakdown_word not null,
    freq           freq    not null,      -- M, Q, S, A
    time_period    time_period_word not null,
    period_start   date    not null,
    period_end     date    not null,
    obs_value      double,
    low            double,
    high           double,
    obs_status     obs_status_code not null, -- A, P, E, B, U; O overdue or withheld, M, _D when obs_value is null
    qualifier      qualifier not null,
    conflict       boolean not null,
    method         method  not null,      -- reported, derived, summed, ratio; '' where there is no value
    n_reported     integer not null,      -- leaf areas
    n_expected     integer not null,
    ytd_value      double,
    ytd_qualifier  qualifier not null,
    ytd_method     method  not null,
    ytd_n_reported integer not null,
    reason         reason  not null,      -- why a value is missing or withheld: '' | not_reported | not_due | inexact | conflict | not_derivable | incomplete | not_applicable | non_numeric
    segment_id     bigint,                -- the area's own reports of the time, for lineage
    plan_id        integer
);

-- Where values come from. A segment holds the reports that one year of a series rests on (several
-- years where a report crosses 1 January); a plan says with which sign each of them enters.
create table segment (
    segment_id   bigint   not null,
    observations bigint[] not null
);

create table plan (
    plan_id integer not null,
    value   tinyint[],                    -- +1, 0, -1, one a report of the segment
    ytd     tinyint[]
);

-- A total that an area did not report itself: the segments and plans of its parts.
create table part (
    series_id  bigint  not null,
    measure    text    not null,
    segment_id bigint  not null,
    plan_id    integer not null
);

create table operand (
    indicator indicator_word not null,              -- a rate
    operand   indicator_word not null,
    role      text not null               -- numerator, denominator
);

-- Each area of a dataset, and each area that its total includes. between: the areas above the descendant, up
-- to and with the ancestor. has_parts: others lie below it in turn.
create table area_within (
    dataset    dataset_word not null,
    ancestor   ref_area_word not null,
    descendant ref_area_word not null,
    between    ref_area_word[] not null,
    has_parts  boolean not null
);

-- From any value back to its reports: ask by series_id. measure: value or ytd. role: reported,
-- plus, minus, part, numerator, denominator; the signed sum of a role's reports is the value.
create view lineage as
with target as (
    select s.series_id, m.measure, o.role, s.dataset, coalesce(o.operand, s.indicator) as indicator,
           s.ref_area, s.breakdown, s.freq, s.period_start,
           if(m.measure = 'value', s.method, s.ytd_method) as method
    from series s
    cross join (values ('value'), ('ytd')) m(measure)
    left join operand o
      on o.indicator = s.indicator and if(m.measure = 'value', s.method, s.ytd_method) = 'ratio'
    where if(m.measure = 'value', s.method, s.ytd_method) <> ''
),
own as (
    select t.series_id, t.measure, t.role, t.method, w.between,
           coalesce(p.segment_id, d.segment_id) as segment_id,
           coalesce(p.plan_id, d.plan_id) as plan_id,
           list(d.ref_area) filter (w.has_parts)
               over (partition by t.series_id, t.measure, t.role) as closed
    from target t
    join area_within w on w.dataset = t.dataset and w.ancestor = t.ref_area
    join series d
      on d.ref_area = w.descendant and d.indicator = t.indicator and d.dataset = t.dataset
     and d.breakdown = t.breakdown and d.freq = t.freq and d.period_start = t.period_start
    left join part p on p.series_id = d.series_id and p.measure = t.measure
    where p.series_id is not null
       or if(t.measure = 'value', d.method, d.ytd_method) in ('reported', 'derived')
),
term as (
    select series_id, measure, role, method,
           unnest(g.observations) as observation_id,
           unnest(if(measure = 'value', n.value, n.ytd)) as sign
    from own
    join segment g using (segment_id)
    join plan n using (plan_id)
    where closed is null or not list_has_any(between, closed)
)
select series_id, measure, observation_id,
       case when role is not null then role
            when method = 'reported' then 'reported'
            when sign < 0 then 'minus'
            when method = 'derived' then 'plus'
            else 'part' end as role,
       sign
from term where sign <> 0;

create table issue (
    issue_id     bigint not null,
    severity     text   not null,         -- error, warning, note
    rule         text   not null,
    message      text   not null,         -- Chinese: what, why, what to do
    message_en   text   not null,
    question     text   not null,         -- '' where nobody needs to answer
    question_en  text   not null,
    dataset      text   not null,
    source_id    text   not null,
    source_file  text   not null,
    sheet        text   not null,
    cell         text   not null,
    printed      text   not null,
    indicator    text,
    ref_area     text,
    period_start date,
    period_end   date,
    question_id  text   not null,         -- '' where nobody can settle it; one answer settles all that share it
    asks         text   not null,         -- kind of answer: word, area, period, unit, mark …
    form         text   not null,         -- f-… a form, s-… a sheet as sent: what the answer holds for
    about        text   not null,         -- the word, indicator, column … that is asked about
    choices      text[] not null          -- what the sheets themselves offer
);

create table indicator (
    indicator        indicator_word not null,
    position         integer not null,    -- order in the catalogue
    name             text not null,
    name_en          text not null,
    unit_measure     text not null,
    display_unit     text not null,       -- a unit of the table unit, e.g. 万元 for yuan
    decimals         integer not null,
    kind             text not null,       -- flow, stock, rate, plan
    area_aggregation text not null,       -- sum, none, ratio
    numerator        text,
    denominator      text,
    direction        text not null,       -- up, down, none
    aspect           text not null,
    aspect_name      text not null,
    aspect_name_en   text not null,
    access           text not null,       -- open, restricted
    seasonal         boolean not null,
    headline         integer,             -- place among the tiles that a leader sees first
    definition       text not null,
    definition_en    text not null
);

-- From a day on an indicator (or a rate's numerator or denominator) counts otherwise: no value is
-- derived across that day, and none compared with one before it.
create table definition_change (
    indicator text not null,
    starts_on date not null,
    reason    text not null,
    reason_en text not null
);

-- What happened in a period (annotations.yml); empty lists mean any, as does no dataset.
create table annotation (
    dataset     text,
    time_period text   not null,
    indicators  text[] not null,
    ref_areas   text[] not null,
    note        text   not null,
    note_en     text   not null
);

-- What the page of topics puts together, and in which role (topics.yml).
create table topic_part (
    role      text    not null,           -- funds_spent, festival_visits, jobs_steps …
    position  integer not null,
    indicator text    not null,
    breakdown text    not null
);

-- By what an indicator may be divided so that large and small areas compare (`per` in
-- indicators.yml): 场 per 10,000 registered veterans.
create table per_head (
    indicator   text    not null,
    denominator text    not null,
    per         integer not null          -- 1 or 10000
);

create table ref_area (
    ref_area   ref_area_word not null,
    name       text not null,
    short_name text not null,             -- 甘州, 肃南, 市本级
    name_en    text not null,
    level      text not null,             -- country, province, prefecture, county, local
    parent     text,
    in_total   boolean not null,          -- counts in the parent's total
    valid_from date,
    valid_to   date
);

create table breakdown (
    dimension    text not null,
    code         text not null,
    name         text not null,
    name_en      text not null,
    dimension_name    text not null,
    dimension_name_en text not null,
    parent       text,                    -- a code of the same dimension, null under the total
    exhaustive   boolean not null,        -- with its exhaustive siblings it makes up the parent
    planned      boolean not null         -- a target: nothing that was done, in no total
);

create table obs_status (
    obs_status text not null,
    name       text not null,
    name_en    text not null,
    symbol     text not null              -- what a table shows in place of a number
);

create table unit (
    unit         text not null,           -- as printed: 万元
    name_en      text not null,
    unit_measure text not null,           -- the base unit: yuan
    factor       double not null          -- base units in one of these: 10000
);

-- Until when reports are due (reporting.yml): what comes more than due_days after its period is late.
create table deadline (
    dataset    text    not null,
    ref_areas  text[]  not null,
    indicators text[]  not null,
    freq       text    not null,          -- M, Q, S, A
    due_days   integer not null,
    valid_from date    not null,
    valid_to   date
);

-- How progress towards a year's target is judged (lamps.yml): one row, the policy in force.
create table lamp_policy (
    policy   text   not null,
    rule     text   not null,             -- gap, deadline
    green    double not null,             -- points against the plan from which on it is green
    yellow   double not null,
    name     text   not null,
    name_en  text   not null,
    basis    text   not null,
    basis_en text   not null
);

-- The share of its year's target that an indicator should have reached (curves.yml), in per cent, by
-- the end of each month; of others it is the share of the year that has passed.
create table planned_curve (
    indicator text     not null,
    shares    double[] not null,          -- twelve
    why       text     not null,
    why_en    text     not null
);

create table source (
    source_id    text not null,
    source_file  text not null,
    dataset      text not null,
    received_on  date not null,
    n_sheets     integer not null,
    n_cells      integer not null,        -- non-empty; = labels + observations + checks + issues + notes
    n_labels     integer not null,
    n_observations integer not null,      -- value cells that became observations
    n_checks     integer not null,
    n_issues     integer not null,        -- cells that an issue of severity error names
    n_notes      integer not null
);

-- One row: what the vintage is made of.
create table vintage (
    vintage    text not null,
    as_of      date not null,             -- the latest reported_on of its sources
    catalogue  text not null,             -- hash
    code       text not null              -- hash
);
