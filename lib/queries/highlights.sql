-- One row per highlight of a period, in source order.
SELECT section, district, position, item, as_of, as_of_text, note, source_file, source_row
FROM highlights
WHERE period = $period
ORDER BY source_file, source_row
