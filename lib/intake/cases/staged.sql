-- One row per row of `dropped`: places as ids. What is wrong with a row is left empty here, and found by
-- `review.sql`; of which rows, by `checked.sql`.
-- A number that is ASCII throughout, as nearly all are, can only have the one blank of ASCII about it: to look
-- for that costs a sixth of trimming it. Of items there are few, of any script.
-- `known_districts`, `known_departments`: written name > id. `expected`: one row, the files' period.
SELECT
    CASE
        WHEN r.period IS DISTINCT FROM e.period THEN NULL
        WHEN r.case_id LIKE ' %' OR r.case_id LIKE '% ' OR bit_length(r.case_id) > 8 * length(r.case_id)
            THEN trim(r.case_id)
        ELSE r.case_id
    END AS case_id,
    d.id AS district,
    r.district AS district_text,
    p.id AS department,
    r.department AS department_text,
    trim(r.item) AS item,
    r.channel,
    r.accepted_on,
    r.due_on,
    r.finished_on,
    r.state,
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
