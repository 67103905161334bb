-- One row: from which day to which the cases of a period were taken; empty where there is none.
SELECT min(earliest) AS earliest, max(latest) AS latest
FROM case_cube
WHERE period = $period
