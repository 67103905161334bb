-- One row per row of `dropped`: places as ids, dates as dates, and the column that is wrong, if any.
-- `known_districts`, `known_departments`: written name > id.
WITH named AS (
    SELECT
        r.period,
        trim(r.case_id) AS case_id,
        d.id AS district,
        r.district AS district_text,
        p.id AS department,
        r.department AS department_text,
        trim(r.item) AS item,
        r.channel,
        TRY_CAST(r.accepted_on AS DATE) AS accepted_on,
        TRY_CAST(r.due_on AS DATE) AS due_on,
        TRY_CAST(r.finished_on AS DATE) AS finished_on,
        r.state,
        r.as_of_text,
        TRY_CAST(r.as_of AS DATE) AS as_of,
        r.note,
        r.source_file,
        r.source_sha256,
        r.source_columns,
        r.accepted_on AS accepted_text,
        r.due_on AS due_text,
        r.finished_on AS finished_text,
        r.as_of AS as_of_written
    FROM dropped AS r
    LEFT JOIN known_districts AS d ON d.name = r.district
    LEFT JOIN known_departments AS p ON p.name = r.department
),
checked AS (
    SELECT
        *,
        CASE
            WHEN period IS NULL THEN 'period'
            WHEN case_id IS NULL OR case_id = '' THEN 'case_id'
            WHEN district IS NULL OR district = 'city' THEN 'district'
            WHEN department IS NULL OR department = 'all' THEN 'department'
            WHEN item IS NULL OR item = '' THEN 'item'
            WHEN channel IS NULL OR channel NOT IN ('PC端', '移动端', '自助端', '窗口') THEN 'channel'
            WHEN accepted_on IS NULL THEN 'accepted_on'
            WHEN due_on IS NULL THEN 'due_on'
            WHEN finished_on IS NULL AND finished_text IS NOT NULL THEN 'finished_on'
            WHEN state IS NULL OR state NOT IN ('办理中', '已办结', '已退回') THEN 'state'
            WHEN as_of IS NULL THEN 'as_of'
        END AS problem
    FROM named
)
SELECT
    * EXCLUDE (accepted_text, due_text, finished_text, as_of_written),
    CASE problem
        WHEN 'district' THEN district_text
        WHEN 'department' THEN department_text
        WHEN 'channel' THEN channel
        WHEN 'accepted_on' THEN accepted_text
        WHEN 'due_on' THEN due_text
        WHEN 'finished_on' THEN finished_text
        WHEN 'state' THEN state
        WHEN 'as_of' THEN as_of_written
    END AS problem_text
FROM checked
