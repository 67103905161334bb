-- One row per district and level: sites in scope, added and completed. Details only, never 全市.
SELECT district, level, upgraded, added, completed, as_of, note, section, source_file, source_row
FROM centers
WHERE period = $period
    AND list_contains(CAST($districts AS VARCHAR[]), district)
ORDER BY source_file, source_row
