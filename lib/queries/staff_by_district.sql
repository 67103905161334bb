-- One row per reported place: specialists aimed at and trained. 全市 is a stated total of its own.
SELECT district, target, target_text, target_qualifier, trained, trained_text, trained_qualifier,
    unit, as_of, as_of_text, section, note, source_file, source_row
FROM staff
WHERE period = $period
    AND (district = 'city' OR list_contains(CAST($districts AS VARCHAR[]), district))
ORDER BY source_file, source_row
