-- Segments whose loops do not all close at once: their reports may contradict each other.
select segment_id, shape_id, vals, halves
from (select s.segment_id, h.shape_id, list_transform(s.reports, r -> r.value) as vals,
             list_transform(s.reports, r -> r.half) as halves
      from segment_of s join shape h using (shape_key)
      where h.shape_id in (select shape_id from loop)) s
where exists (select 1 from loop l where l.shape_id = s.shape_id
              and abs(list_inner_product(s.vals, l.signs)) > s.halves[l.closing])
order by shape_id, segment_id;
