-- One row per place, item and month of the promised day: cases that were not returned, and those of
-- them that passed the day.
WITH monthly AS (
    SELECT
        district,
        department,
        item,
        year(due_on) AS due_year,
        month(due_on) AS due_month,
        count(*) AS cases,
        count(*) FILTER (WHERE status IN ('late', 'overdue')) AS overdue
    FROM cases
    WHERE status <> 'returned'
    GROUP BY district, department, item, year(due_on), month(due_on)
)
SELECT
    district,
    department,
    item,
    concat(due_year, '-', lpad(CAST(due_month AS VARCHAR), 2, '0')) AS due_month,
    cases,
    overdue
FROM monthly
ORDER BY department, item, district, due_year, monthly.due_month
