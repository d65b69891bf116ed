-- The segments of a batch, with the values and signs by which plans turn them into points.
create or replace temp table segment_of as from cut;
