-- One row per department that reported: warnings and overdue cases. Details only, never 全市.
SELECT department, warning, overdue, as_of, as_of_text, section, note, source_file, source_row
FROM warnings
WHERE period = $period
    AND list_contains(CAST($departments AS VARCHAR[]), department)
ORDER BY warning DESC NULLS LAST, overdue DESC NULLS LAST, source_file, source_row
