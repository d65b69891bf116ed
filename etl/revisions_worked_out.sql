-- Keys that only {other} reports and that {side} has all the same, worked out of other reports: told
-- as what it was there. A figure that was derived yesterday and is reported today is not new.
update revision set
    change = case when abs({other}_value - worked_out.obs_value) <= 1e-9 * abs({other}_value)
                   and {other}_qualifier = worked_out.qualifier
             then 'reflagged' else 'revised' end,
    {side}_value = worked_out.obs_value, {side}_qualifier = worked_out.qualifier,
    {side}_status = worked_out.obs_status, {side}_method = worked_out.method
from (
    select dataset, indicator, ref_area, breakdown, period_start, period_end,
           obs_value, qualifier, obs_status, method
    from {side}.series where obs_value is not null and method <> 'reported'
    union all
    select dataset, indicator, ref_area, breakdown, date_trunc('year', period_end), period_end,
           ytd_value, ytd_qualifier, obs_status, ytd_method
    from {side}.series where ytd_value is not null and ytd_method <> 'reported'
) worked_out
where revision.{side}_source_file is null
  and revision.dataset = worked_out.dataset and revision.indicator = worked_out.indicator
  and revision.ref_area = worked_out.ref_area and revision.breakdown = worked_out.breakdown
  and revision.period_end = worked_out.period_end
  -- Of a stock the report knows the day, the series the period that ends with it.
  and revision.period_start in (worked_out.period_start, worked_out.period_end);
