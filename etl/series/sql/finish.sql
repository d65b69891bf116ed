-- The plans for lineage: a sign for each report of a segment, up to the last that enters.
insert into main.plan
select plan_id,
       coalesce(value_signs::tinyint[],
                if(value_at > 0, [if(n = value_at, 1, if(n = value_less, -1, 0))
                                  for n in range(1, greatest(value_at, value_less) + 1)], null)),
       coalesce(ytd_signs::tinyint[],
                if(ytd_at > 0, [if(n = ytd_at, 1, if(n = ytd_less, -1, 0))
                                for n in range(1, greatest(ytd_at, ytd_less) + 1)], null))
from solved where value_at > 0 or ytd_at > 0 or value_signs is not null or ytd_signs is not null
order by plan_id;

-- What was worked with makes room for the writing of Parquet.
drop table if exists point;
drop table if exists levels;
drop table if exists segment_of;
