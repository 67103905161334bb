-- One row per row of `cases_read`: as read, with its status and the days that the status counts
-- (the words: lib/catalog/handling.py). `warn_days`: one row, how near the promised day a case is warned of.
WITH dated AS (
    SELECT
        c.*,
        date_diff('day', c.accepted_on, c.due_on) > w.days AS warnable,
        date_diff('day', c.accepted_on, c.finished_on) AS handling,
        date_diff('day', c.finished_on, c.due_on) AS early,
        date_diff('day', c.as_of, c.due_on) AS left_over,
        w.days AS warn_days
    FROM cases_read AS c
    CROSS JOIN warn_days AS w
),
standing AS (
    SELECT
        *,
        CASE
            WHEN state = '已退回' THEN 'returned'
            WHEN state = '已办结' AND finished_on IS NULL THEN 'undated'
            WHEN state = '已办结' AND early < 0 THEN 'late'
            WHEN state = '已办结' AND warnable AND early <= warn_days THEN 'close'
            WHEN state = '已办结' THEN 'on_time'
            WHEN left_over < 0 THEN 'overdue'
            WHEN warnable AND left_over <= warn_days THEN 'due_soon'
            ELSE 'open'
        END AS status
    FROM dated
)
SELECT
    * EXCLUDE (warnable, handling, early, left_over, warn_days),
    CAST(
        CASE
            WHEN status IN ('on_time', 'close', 'late') THEN handling
            WHEN status = 'overdue' THEN -left_over
            WHEN status IN ('due_soon', 'open') THEN left_over
        END AS INTEGER
    ) AS days
FROM standing
