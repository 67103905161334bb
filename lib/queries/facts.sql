-- One row per stated number of any dataset: what it is, of whom, as written, and where it was said.
-- A missing cell is no fact. Registered as the view `facts` in every release.
WITH center_figures AS (
    SELECT *, 'planned' AS measure, planned AS value, planned_text AS value_text, planned_qualifier AS qualifier FROM centers
    UNION ALL
    SELECT *, 'upgraded', upgraded, upgraded_text, upgraded_qualifier FROM centers
    UNION ALL
    SELECT *, 'added', added, added_text, added_qualifier FROM centers
    UNION ALL
    SELECT *, 'completed', completed, completed_text, completed_qualifier FROM centers
),
staff_figures AS (
    SELECT *, 'staff_target' AS metric, target AS value, target_text AS value_text, target_qualifier AS qualifier FROM staff
    UNION ALL
    SELECT *, 'staff_trained', trained, trained_text, trained_qualifier FROM staff
),
warning_figures AS (
    SELECT *, 'warning_count' AS metric, warning AS value, warning_text AS value_text, warning_qualifier AS qualifier FROM warnings
    UNION ALL
    SELECT *, 'overdue_count', overdue, overdue_text, overdue_qualifier FROM warnings
),
final AS (
    SELECT 'centers' AS dataset, concat('center_', level, '_', measure) AS metric, period,
        district, CAST(NULL AS VARCHAR) AS department,
        value, value_text, qualifier, unit, as_of, as_of_text, section, note, source_file, source_sheet, source_row, source_sha256
    FROM center_figures
    UNION ALL
    SELECT 'staff', metric, period, district, CAST(NULL AS VARCHAR),
        value, value_text, qualifier, unit, as_of, as_of_text, section, note, source_file, source_sheet, source_row, source_sha256
    FROM staff_figures
    UNION ALL
    SELECT 'warnings', metric, period,
        CASE WHEN department = 'all' THEN 'city' END, CASE WHEN department <> 'all' THEN department END,
        value, value_text, qualifier, unit, as_of, as_of_text, section, note, source_file, source_sheet, source_row, source_sha256
    FROM warning_figures
    UNION ALL
    SELECT 'indicators', metric, period, district, department,
        value, value_text, value_qualifier, unit, as_of, as_of_text, section, note, source_file, source_sheet, source_row, source_sha256
    FROM indicators
    UNION ALL
    SELECT 'roster', concat('roster_', roster), period, district, CAST(NULL AS VARCHAR),
        stated_count, stated_count_text, stated_count_qualifier, unit, as_of, as_of_text, section, note,
        source_file, source_sheet, source_row, source_sha256
    FROM roster
    WHERE position = 1
)
SELECT * FROM final WHERE value IS NOT NULL
