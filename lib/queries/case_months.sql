-- One row per place, item and month of the promised day of a period: cases that were not returned, and those
-- of them that passed the day.
SELECT district, department, item, due_month, cases, overdue
FROM case_months
WHERE period = $period
ORDER BY due_month, department, item, district
