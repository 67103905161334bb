-- One row per place, item, channel, status and number of days that occurs among `cases`: how many.
SELECT district, department, item, channel, status, days, count(*) AS cases
FROM cases
GROUP BY district, department, item, channel, status, days
ORDER BY department, item, district, channel, status, days NULLS LAST
