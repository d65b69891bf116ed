-- Empty: branches, with the level that they are on.
create or replace temp table levels (
    depth integer, topic integer, area integer, freq integer, start integer,
    own boolean, ytd_own boolean, n_expected integer, n_exempt integer,
    obs_value double, tolerance double, low double, high double, flags tinyint, status tinyint,
    conflict boolean, method method, reason reason, n_reported integer, cover ubigint,
    ytd_value double, ytd_tolerance double, ytd_flags tinyint, ytd_method method,
    ytd_n_reported integer, ytd_cover ubigint, segment_id integer, plan_id integer
);

-- Empty: those of them that reported themselves, beside the sum of what lies below them.
create or replace temp table own_total (
    segment_id integer, plan_id integer, start integer, n_expected integer,
    own boolean, method method, obs_value double, tolerance double, flags tinyint,
    ytd_own boolean, ytd_method method, ytd_value double, ytd_tolerance double, ytd_flags tinyint,
    sum_value double, sum_tolerance double, sum_flags tinyint, sum_reported integer,
    sum_ytd double, sum_ytd_tolerance double, sum_ytd_flags tinyint, sum_ytd_reported integer
);
