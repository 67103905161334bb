-- One row: from which day to which the cases of a period that need attention were taken; empty where none does.
SELECT min(as_of) AS earliest, max(as_of) AS latest
FROM case_list
WHERE period = $period
