-- One row: what the staged cases, each by itself right, say that cannot be. `hash` only sorts out whether
-- an exact look at the numbers is needed.
SELECT
    count(*) AS cases,
    count(DISTINCT hash(case_id)) AS numbers,
    count(*) FILTER (WHERE due_on < accepted_on) AS due_before_accepted,
    count(*) FILTER (WHERE finished_on < accepted_on) AS finished_before_accepted,
    count(*) FILTER (WHERE state = '已办结' AND finished_on IS NULL) AS finished_without_day,
    count(*) FILTER (WHERE state = '办理中' AND finished_on IS NOT NULL) AS open_with_day,
    count(*) FILTER (WHERE accepted_on > as_of) AS accepted_later,
    coalesce(bool_or(contains(note, $mark) OR contains(source_file, $mark)), false) AS synthetic
FROM cases
