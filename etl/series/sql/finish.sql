-- The plans without their floats, for lineage.
insert into main.plan
select plan_id, if(value_at > 0, [if(n = value_at, 1, 0) for n in range(1, value_at + 1)], value_signs::tinyint[]),
       if(ytd_at > 0, [if(n = ytd_at, 1, 0) for n in range(1, ytd_at + 1)], ytd_signs::tinyint[])
from solved where value_at > 0 or ytd_at > 0 or value_signs is not null or ytd_signs is not null
order by plan_id;
