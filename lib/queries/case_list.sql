-- One row per case of a period that has one status, the most pressing first: a page of them.
-- The files are in order of status and department, so that bounds let most of them be passed over.
WITH chosen AS (
    SELECT
        *,
        CASE status
            WHEN 'due_soon' THEN days
            WHEN 'late' THEN date_diff('day', finished_on, due_on)
            ELSE -days
        END AS days_left
    FROM case_list
    WHERE period = $period
        AND status = $status
        AND department BETWEEN $first_department AND $last_department
        AND list_contains(CAST($departments AS VARCHAR[]), department)
        AND list_contains(CAST($districts AS VARCHAR[]), district)
        AND item = coalesce(CAST($item AS VARCHAR), item)
)
SELECT
    case_id, district, department, item, channel, accepted_on, due_on, finished_on, as_of, days, days_left,
    source_file
FROM chosen
ORDER BY days_left NULLS LAST, department, case_id
LIMIT $most OFFSET $skipped
