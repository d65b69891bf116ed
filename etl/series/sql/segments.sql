-- The segments of a batch. Every column of a table in memory costs at least four bytes a row, and
-- millions of points take their topic and area from here.
create or replace temp table segment_of as
select * replace (topic::integer as topic, area::integer as area) from cut;
