-- The stated number of one metric for one place of a period: at most one row.
SELECT *
FROM facts
WHERE period = $period
    AND metric = $metric
    AND district IS NOT DISTINCT FROM CAST($district AS VARCHAR)
    AND department IS NOT DISTINCT FROM CAST($department AS VARCHAR)
ORDER BY source_file, source_row
