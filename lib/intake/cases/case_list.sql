-- One row per case that needs attention: late, due soon or overdue; those of a status and a department together.
SELECT
    case_id, district, department, item, channel, accepted_on, due_on, finished_on, as_of, status, days,
    source_file
FROM cases
WHERE status IN ('late', 'due_soon', 'overdue')
ORDER BY status, department, days DESC NULLS LAST, case_id
