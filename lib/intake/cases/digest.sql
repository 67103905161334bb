-- One row: how many `cases`, and the sums of the halves of every row's MD5, whatever their order.
-- What separates cells, and an empty one, cannot stand in a cell that was read.
WITH written AS (
    SELECT
        concat_ws(
            chr(31),
            case_id,
            coalesce(district, chr(30)),
            coalesce(district_text, chr(30)),
            coalesce(department, chr(30)),
            coalesce(department_text, chr(30)),
            coalesce(item, chr(30)),
            coalesce(channel, chr(30)),
            coalesce(CAST(accepted_on AS VARCHAR), chr(30)),
            coalesce(CAST(due_on AS VARCHAR), chr(30)),
            coalesce(CAST(finished_on AS VARCHAR), chr(30)),
            coalesce(state, chr(30)),
            coalesce(as_of_text, chr(30)),
            coalesce(CAST(as_of AS VARCHAR), chr(30)),
            coalesce(note, chr(30))
        ) AS content
    FROM cases
)
SELECT
    count(*) AS cases,
    CAST(sum(CAST(md5_number_lower(content) AS HUGEINT)) AS VARCHAR) AS lower_halves,
    CAST(sum(CAST(md5_number_upper(content) AS HUGEINT)) AS VARCHAR) AS upper_halves
FROM written
