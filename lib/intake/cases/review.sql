-- One row: what the staged cases of one period say that is wrong or cannot be. `hash` only sorts out
-- whether an exact look at the numbers is needed.
SELECT
    count(*) AS cases,
    count(DISTINCT hash(case_id)) AS numbers,
    count(*) FILTER (
        WHERE case_id IS NULL OR case_id = ''
        OR district IS NULL OR district = 'city'
        OR department IS NULL OR department = 'all'
        OR item IS NULL OR item = ''
        OR channel IS NULL OR channel NOT IN ('PC端', '移动端', '自助端', '窗口')
        OR accepted_on IS NULL OR due_on IS NULL OR as_of IS NULL
        OR state IS NULL OR state NOT IN ('办理中', '已办结', '已退回')
    ) AS wrong,
    count(*) FILTER (WHERE due_on < accepted_on) AS due_before_accepted,
    count(*) FILTER (WHERE finished_on < accepted_on) AS finished_before_accepted,
    count(*) FILTER (WHERE state = '已办结' AND finished_on IS NULL) AS finished_without_day,
    count(*) FILTER (WHERE state = '办理中' AND finished_on IS NOT NULL) AS open_with_day,
    count(*) FILTER (WHERE accepted_on > as_of) AS accepted_later
FROM cases
