-- One row per level: what the source states for the whole city, beside the sum of the chosen districts.
WITH details AS (
    SELECT level,
        sum(upgraded) AS upgraded_sum, sum(completed) AS completed_sum, count(upgraded) AS districts
    FROM centers
    WHERE period = $period AND list_contains(CAST($districts AS VARCHAR[]), district)
    GROUP BY level
),
stated AS (
    SELECT level, planned, upgraded, completed, as_of, as_of_text, section, source_file, source_row
    FROM centers
    WHERE period = $period AND district = 'city'
),
final AS (
    SELECT coalesce(stated.level, details.level) AS level,
        stated.planned, stated.upgraded, stated.completed, stated.as_of, stated.as_of_text,
        details.upgraded_sum, details.completed_sum, details.districts
    FROM stated FULL OUTER JOIN details ON stated.level = details.level
)
SELECT * FROM final ORDER BY level
