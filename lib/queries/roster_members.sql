-- One row per member of every list of a period, in list order.
SELECT roster, district, position, member, member_text, stated_count, stated_count_text, unit, complete,
    as_of, as_of_text, section, note, source_file, source_row
FROM roster
WHERE period = $period
ORDER BY source_file, source_row
