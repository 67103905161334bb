-- One row per case of a period that has one status, the most pressing first: a page of them.
-- The files are in order of status and department, so that bounds let most of them be passed over. However far
-- down the page is, only cases of the days and departments on it are put in order, behind the `ahead` cases of
-- those before. To read twice is faster than to hold, and takes no memory: so nothing is materialized.
WITH chosen AS NOT MATERIALIZED (
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
),
counted AS (
    SELECT days_left, department, count(*) AS cases
    FROM chosen
    GROUP BY days_left, department
),
added AS (
    SELECT
        days_left,
        department,
        cases,
        sum(cases) OVER (ORDER BY days_left, department ROWS UNBOUNDED PRECEDING) - cases AS ahead
    FROM counted
),
in_view AS (
    SELECT days_left, department, ahead
    FROM added
    WHERE ahead < $skipped + $most AND ahead + cases > $skipped
),
placed AS (
    SELECT
        chosen.*,
        in_view.ahead
            + row_number() OVER (PARTITION BY chosen.days_left, chosen.department ORDER BY chosen.case_id) AS place
    FROM chosen
    INNER JOIN in_view ON chosen.days_left = in_view.days_left AND chosen.department = in_view.department
)
SELECT
    case_id, district, department, item, channel, accepted_on, due_on, finished_on, as_of, days, days_left,
    source_file
FROM placed
WHERE place > $skipped AND place <= $skipped + $most
ORDER BY place
