-- One row per place, item and month of the promised day: cases that were not returned, and those of
-- them that passed the day.
SELECT
    district,
    department,
    item,
    strftime(due_on, '%Y-%m') AS due_month,
    count(*) AS cases,
    count(*) FILTER (WHERE status IN ('late', 'overdue')) AS overdue
FROM cases
WHERE status <> 'returned'
GROUP BY district, department, item, strftime(due_on, '%Y-%m')
ORDER BY department, item, district, due_month
