-- One row per place, item, status and number of days of a period: how many cases. The fewest days first.
SELECT district, department, item, status, days, CAST(sum(cases) AS BIGINT) AS cases
FROM case_cube
WHERE period = $period
GROUP BY district, department, item, status, days
ORDER BY days NULLS LAST, department, item, district, status
