-- One row per row of `dropped`, all cells as texts: its number among them, the first column that is wrong,
-- if any, and what is written there.
WITH numbered AS (
    SELECT *, row_number() OVER () AS number
    FROM dropped
),
checked AS (
    SELECT
        r.*,
        CASE
            WHEN r.period IS DISTINCT FROM e.period THEN 'period'
            WHEN r.case_id IS NULL OR trim(r.case_id) = '' THEN 'case_id'
            WHEN d.id IS NULL THEN 'district'
            WHEN p.id IS NULL THEN 'department'
            WHEN r.item IS NULL OR trim(r.item) = '' THEN 'item'
            WHEN r.channel IS NULL OR r.channel NOT IN ('PC端', '移动端', '自助端', '窗口') THEN 'channel'
            WHEN TRY_CAST(r.accepted_on AS DATE) IS NULL THEN 'accepted_on'
            WHEN TRY_CAST(r.due_on AS DATE) IS NULL THEN 'due_on'
            WHEN r.finished_on IS NOT NULL AND TRY_CAST(r.finished_on AS DATE) IS NULL THEN 'finished_on'
            WHEN r.state IS NULL OR r.state NOT IN ('办理中', '已办结', '已退回') THEN 'state'
            WHEN TRY_CAST(r.as_of AS DATE) IS NULL THEN 'as_of'
        END AS problem
    FROM numbered AS r
    CROSS JOIN expected AS e
    LEFT JOIN known_districts AS d ON d.name = r.district
    LEFT JOIN known_departments AS p ON p.name = r.department
)
SELECT
    number,
    problem,
    CASE problem
        WHEN 'period' THEN period
        WHEN 'district' THEN district
        WHEN 'department' THEN department
        WHEN 'channel' THEN channel
        WHEN 'accepted_on' THEN accepted_on
        WHEN 'due_on' THEN due_on
        WHEN 'finished_on' THEN finished_on
        WHEN 'state' THEN state
        WHEN 'as_of' THEN as_of
    END AS written
FROM checked
WHERE problem IS NOT NULL
