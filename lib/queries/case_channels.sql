-- One row per place, channel, status and number of days of a period: how many cases. The fewest days first.
SELECT district, department, channel, status, days, CAST(sum(cases) AS BIGINT) AS cases
FROM case_cube
WHERE period = $period
GROUP BY district, department, channel, status, days
ORDER BY days NULLS LAST, department, district, channel, status
