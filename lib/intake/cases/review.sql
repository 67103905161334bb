-- One row: what the staged cases of one period say that is wrong or cannot be. A wrong cell was left empty, and
-- the files say of every column how many are: fewer are `complete` than there are cases, if any is wrong.
SELECT
    count(*) AS cases,
    least(
        count(case_id), count(district), count(department), count(item), count(channel),
        count(accepted_on), count(due_on), count(state), count(as_of)
    ) AS complete,
    count(*) FILTER (WHERE due_on < accepted_on) AS due_before_accepted,
    count(*) FILTER (WHERE finished_on < accepted_on) AS finished_before_accepted,
    count(*) FILTER (WHERE state = '已办结' AND finished_on IS NULL) AS finished_without_day,
    count(*) FILTER (WHERE state = '办理中' AND finished_on IS NOT NULL) AS open_with_day,
    count(*) FILTER (WHERE accepted_on > as_of) AS accepted_later
FROM cases
