-- What the plans took from the segments is not needed again: half of their memory.
alter table segment_of drop column vals;
alter table segment_of drop column halves;
alter table segment_of drop column statuses;
alter table segment_of drop column lows;
alter table segment_of drop column highs;
