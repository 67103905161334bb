-- One row per row of `dropped`: places as ids. What is wrong with a row is left empty here, and found by
-- `review.sql`; of which rows, by `checked.sql`. Where there are few words they are a type: a tenth of the time
-- that texts take to be written.
-- A number that is ASCII throughout, as nearly all are, can only have the one blank of ASCII about it: to look
-- for that costs a sixth of trimming it. Of items there are few, of any script.
-- `known_districts`, `known_departments`: written name > id, and the name as a word. `expected`: one row, the
-- files' period.
SELECT
    CASE
        WHEN r.period IS DISTINCT FROM e.period OR r.case_id = '' THEN NULL
        WHEN r.case_id LIKE ' %' OR r.case_id LIKE '% ' OR bit_length(r.case_id) > 8 * length(r.case_id)
            THEN nullif(trim(r.case_id), '')
        ELSE r.case_id
    END AS case_id,
    d.id AS district,
    d.word AS district_text,
    p.id AS department,
    p.word AS department_text,
    nullif(trim(r.item), '') AS item,
    TRY_CAST(r.channel AS ENUM('PC端', '移动端', '自助端', '窗口')) AS channel,
    r.accepted_on,
    r.due_on,
    r.finished_on,
    TRY_CAST(r.state AS ENUM('办理中', '已办结', '已退回')) AS state,
    r.as_of_text,
    r.as_of,
    r.note,
    r.source_file,
    CAST(NULL AS VARCHAR) AS source_sheet,
    CAST(NULL AS INTEGER) AS source_row,
    CAST(NULL AS VARCHAR) AS source_sha256,
    r.source_columns
FROM dropped AS r
CROSS JOIN expected AS e
LEFT JOIN known_districts AS d ON d.name = r.district
LEFT JOIN known_departments AS p ON p.name = r.department
