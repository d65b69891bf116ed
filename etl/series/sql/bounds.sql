-- What the inexact reports of a batch can mean, from and to.
select observation_id as id, low, high
from observation
where in_force and qualifier <> 'exact'
  and observation_id between getvariable('first_id') and getvariable('last_id')
order by id;
