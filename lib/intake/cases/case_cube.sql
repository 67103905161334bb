-- One row per place, item, channel, status and number of days that occurs among `cases`: how many, and from
-- which day to which they were taken.
SELECT
    district, department, item, channel, status, days,
    count(*) AS cases,
    min(as_of) AS earliest,
    max(as_of) AS latest
FROM cases
GROUP BY district, department, item, channel, status, days
ORDER BY department, item, district, channel, status, days NULLS LAST
