-- One row per stated number of a period, in the order of the files it came from.
SELECT *
FROM facts
WHERE period = $period
ORDER BY dataset, source_file, source_row, metric
